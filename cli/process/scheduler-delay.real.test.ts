import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { schedulerDelayMs } from './scheduler-delay.ts'

const skip = existsSync('/proc/self/schedstat') ? false : 'the kernel keeps no schedstat'

test('threads that wait for a processor are counted, whichever of a program they are', {
  skip,
}, async (t) => {
  const before = schedulerDelayMs(process.pid) ?? Number.NaN
  const threads = Array.from(
    { length: 2 * availableParallelism() + 1 },
    () => new Worker('for (;;) {}', { eval: true }),
  )
  t.after(() => Promise.all(threads.map((thread) => thread.terminate())))
  while ((schedulerDelayMs(process.pid) ?? Number.NaN) - before < 100) await pause(20)
})

test('of a program that is gone nobody tells', () => {
  assert.equal(schedulerDelayMs(2 ** 22 + 1), null)
})

import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { identify } from '../../process/identity.ts'
import { cpuSecondsBetween, readCpuTime } from './cpu-time.ts'

const skip = process.platform === 'linux' ? false : 'only Linux tells the CPU time of threads'
const BURNER = join(import.meta.dirname, 'fixtures/burns.ts')

/** What a child says it burned, beside what was read of it from the outside. */
async function burned(how: string): Promise<{ said: number; read: number }> {
  const child = fork(BURNER, [how], { stdio: 'inherit' })
  await once(child, 'message')
  const roots = [identify(child.pid)!]
  const before = readCpuTime(roots)
  child.send('burn')
  const [said] = await once(child, 'message')
  const [read = 0] = cpuSecondsBetween([before, readCpuTime(roots)])
  child.kill()
  await once(child, 'exit')
  return { said, read }
}

for (const [how, where] of [
  ['here', 'in its main thread'],
  ['thread', 'in a thread that goes on'],
  ['ended-thread', 'in a thread that has ended since'],
  ['child', 'in a process that it started'],
  ['short-thread', 'in a thread that was born and ended meanwhile'],
  ['short-child', 'in a process that it started and that ended meanwhile'],
] as const)
  test(`CPU time that a process spends ${where} is read from the outside`, { skip }, async () => {
    const { said, read } = await burned(how)
    // a reading in ticks is 10 ms off at each end; to start a thread or a program costs some CPU time as well
    const atMost = how.startsWith('short') ? 2 * said : 1.1 * said
    assert.ok(read > 0.9 * said - 0.05 && read < atMost + 0.05, `it burned ${said} s, ${read} s were read`)
  })

test('a process that is gone has no CPU time, and costs none', { skip }, () => {
  const gone = readCpuTime([{ pid: process.pid, startedAt: 1 }])
  assert.deepEqual(gone, { threadsNs: new Map(), ticks: 0, processes: 0 })
  assert.deepEqual(cpuSecondsBetween([readCpuTime([identify(process.pid)!]), gone]), [0])
})

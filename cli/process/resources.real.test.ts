import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { until } from '../../reports/run/testing.ts'
import { ownCpuSeconds } from '../house/cpu.ts'
import { identify } from './identity.ts'
import { readResource, tellsResources } from './resources.ts'

const skip = tellsResources() ? false : '/proc is missing'

/** Runs this program until it has said `done`, then looks at it. */
async function withProgram(code: string, look: (child: ChildProcess, pid: number) => Promise<void> | void) {
  const child = spawn(process.execPath, ['-e', `${code}; console.log('done'); setInterval(() => {}, 1000)`])
  try {
    await once(child.stdout, 'data')
    await look(child, child.pid ?? 0)
  } finally {
    child.kill('SIGKILL')
  }
}

test('resident bytes and open files grow by what the process takes', { skip }, async () => {
  const read = (pid: number) => {
    const process = identify(pid) ?? assert.fail('it is gone')
    return [readResource(process, 'resident-bytes') ?? 0, readResource(process, 'open-files') ?? 0] as const
  }
  let small: readonly [number, number] = [0, 0]
  await withProgram('', (_, pid) => {
    small = read(pid)
  })
  const takes =
    'globalThis.held = [Buffer.alloc(2 ** 27, 1), Array.from({ length: 40 }, () => fs.openSync("/dev/null"))]'
  await withProgram(takes, (_, pid) => {
    const [bytes, files] = read(pid)
    assert.equal(files - small[1], 40)
    assert.ok(Math.abs(bytes - small[0] - 2 ** 27) < 2 ** 21, `${bytes - small[0]} bytes more`)
  })
})

test('cpu-seconds are those that the process itself counts', { skip }, () => {
  const self = identify(process.pid) ?? assert.fail('it is gone')
  const [before, seen, after] = [ownCpuSeconds(), readResource(self, 'cpu-seconds') ?? 0, ownCpuSeconds()]
  // the kernel tells it in hundredths
  assert.ok(seen > before - 0.03 && seen < after + 0.03, `${before} s, ${seen} s, ${after} s`)
})

test('threads are at least one, and whole', { skip }, async () => {
  await withProgram('', (_, pid) => {
    const threads = readResource(identify(pid) ?? assert.fail('it is gone'), 'threads') ?? 0
    assert.ok(Number.isInteger(threads) && threads >= 1)
  })
})

test('of a process that is gone, and of another with its pid, nothing is read', { skip }, async () => {
  await withProgram('', async (child, pid) => {
    const own = identify(pid) ?? assert.fail('it is gone')
    assert.equal(readResource({ ...own, startedAt: own.startedAt - 1 }, 'threads'), null)
    child.kill('SIGKILL')
    await until('it is gone', () => readResource(own, 'threads') === null)
  })
})

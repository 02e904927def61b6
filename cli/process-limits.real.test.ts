// Processes that get less from the system: fewer descriptors, a slow disk.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lookForPrlimit, lookForSlowDisk, lookHere, type Machine } from '../chaos/index.ts'
import { createExec } from './process/exec.ts'
import { type Act, type BrokenBy, breakIt, told } from './testing/break-it.ts'
import { own } from './testing/small-manifests.ts'
import { type Backs, type SmallTarget, startSmallTarget } from './testing/small-target.ts'

const exec = createExec({ runId: 'test' })
const prlimit = await lookForPrlimit(exec)
const disk = lookForSlowDisk(lookHere)
const machine: Machine = { has: [...prlimit.has, ...disk.has], lacks: { ...prlimit.lacks, ...disk.lacks } }
const withPrlimit = { skip: prlimit.lacks.prlimit ?? false }
const withSlowDisk = { skip: disk.lacks['slow-disk'] ?? false }

const start = (backs?: Backs) => startSmallTarget('none', undefined, backs)
const few = own('ProcessChaos', 'action: descriptors, mode: all, descriptors: { limit: 20 }', 'back')
const slow = own('ProcessChaos', 'action: slow-disk, mode: all, slowDisk: { log: front, write: 1Mi }', 'back')

async function journalOf(small: SmallTarget, manifest: typeof few, by: Partial<BrokenBy> = {}) {
  const course = await breakIt(small, { manifest: manifest(small.target), machine, ...by })
  assert.deepEqual(course.refused, undefined)
  const journal = course.journal ?? []
  const count = (kind: string): number => journal.filter((one) => one.kind === kind).length
  return { said: told(journal), count }
}

const pidsOf = ({ target }: SmallTarget) =>
  target.processes.filter(({ labels }) => labels['app'] === 'back').map(({ pid }) => pid)
const openFiles = (small: SmallTarget) =>
  pidsOf(small).map((pid) => /^Max open files +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1])
const groups = (small: SmallTarget) => pidsOf(small).map((pid) => readFileSync(`/proc/${pid}/cgroup`, 'utf8'))

test(
  'processes may have few files open, as the kernel tells, and as many as before',
  withPrlimit,
  async () => {
    await using small = await start()
    const before = openFiles(small)
    const { said, count } = await journalOf(small, few)
    assert.deepEqual([count('fault-confirmed'), count('fault-normal')], [2, 2], said)
    assert.match(said, /may have 20 files open \(20 wanted\)/)
    assert.deepEqual(openFiles(small), before)
  },
)

test('a limit that somebody raises again is no fault', withPrlimit, async () => {
  await using small = await start()
  const raise = async ({ victims }: Act): Promise<void> => {
    for (const { pid } of victims)
      await exec.run({ file: 'prlimit', args: ['--pid', String(pid), '--nofile=100:'] })
  }
  const { said, count } = await journalOf(small, few, { when: { 'fault-injected': raise } })
  assert.ok(count('fault-mismatch') > 0, said)
})

test('a process that has no more already is left as it is', withPrlimit, async () => {
  await using small = await start()
  const many = own(
    'ProcessChaos',
    'action: descriptors, mode: one, descriptors: { limit: 100000000 }',
    'back',
  )
  const { said, count } = await journalOf(small, many)
  assert.deepEqual([count('fault-unproven'), count('fault-normal')], [1, 1], said)
})

test(
  'processes write no faster than is said, as the kernel counts, and are in their group again',
  withSlowDisk,
  async () => {
    await using small = await start({ writes: true })
    const before = groups(small)
    const { said, count } = await journalOf(small, slow)
    assert.deepEqual([count('fault-confirmed'), count('fault-normal')], [2, 2], said)
    assert.deepEqual(groups(small), before)
  },
)

test('of a process that uses no disk nobody can say that its disk is slow', withSlowDisk, async () => {
  await using small = await start()
  const { said, count } = await journalOf(small, slow, { watchMs: 2_500 })
  assert.deepEqual([count('fault-unproven'), count('fault-normal')], [2, 2], said)
})

test('a folder in memory is refused before anything is done', {
  skip: withSlowDisk.skip || (!existsSync('/dev/shm') && 'no /dev/shm'),
}, async () => {
  await using small = await start()
  const inMemory = slow(small.target).replace('log: front', 'path: /dev/shm')
  const before = groups(small)
  await assert.rejects(
    journalOf(small, () => inMemory),
    { code: 'SLOW_DISK', message: /stands on no disk/ },
  )
  assert.deepEqual(groups(small), before)
})

for (const [manifest, why] of [
  [few, /limits of processes cannot be set here: nobody looked/],
  [slow, /no disk can be slowed here: nobody looked/],
] as const)
  test(`refused in the plan where it cannot be done: ${why.source}`, async () => {
    await using small = await start()
    const { refused } = await breakIt(small, { manifest: manifest(small.target) })
    assert.match(refused?.join() ?? '', why)
  })

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { until } from '../../../../reports/run/testing.ts'
import { lookHere, planSlowDisk, slowDown, takeBack, undoOf } from './index.ts'

const MIB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'gauntlet-slow-disk-'))
after(() => rmSync(folder, { recursive: true }))

/** Writes 2 MiB past the cache and says how many ms that took, each time it is told to. */
const WRITER = `
  const { openSync, writeSync, constants: { O_WRONLY, O_CREAT, O_SYNC } } = require('node:fs')
  const file = openSync(process.argv[1], O_WRONLY | O_CREAT | O_SYNC)
  process.stdin.on('data', () => {
    const start = performance.now()
    for (let written = 0; written < 2; written += 1) writeSync(file, Buffer.alloc(${MIB}, 1), 0, ${MIB}, 0)
    console.log(performance.now() - start)
  })
  process.stdin.on('end', () => process.exit(0))
  console.log('ready')`

async function startWriter() {
  const child = spawn(process.execPath, ['-e', WRITER, join(folder, 'written')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const writeMs = async (): Promise<number> => {
    child.stdin.write('\n')
    return Number((await once(child.stdout, 'data'))[0])
  }
  return { pid: child.pid ?? 0, writeMs, child }
}

/** A process that writes, and what would slow it down. */
async function plannedWriter() {
  const victim = await startWriter()
  const wanted = { pid: victim.pid, folder, writeBytesPerSecond: MIB, runId: `test-${process.pid}` }
  const plan = planSlowDisk(wanted, lookHere)
  assert.ok(plan.possible)
  return { victim, wanted, plan }
}

const here = planSlowDisk({ pid: process.pid, folder, writeBytesPerSecond: MIB, runId: 'test' }, lookHere)
const noOwnGroup = !(here.possible && here.ownGroup) && 'only with a group of its own (cgroups v1, root)'

test('a process writes as slowly as is said, only it, and as fast as before once taken back, twice over', {
  skip: !here.possible && here.reason,
}, async () => {
  const { victim, plan } = await plannedWriter()
  const other = await startWriter()
  after(() => takeBack(undoOf(plan)))
  const groupsBefore = readFileSync(`/proc/${victim.pid}/cgroup`, 'utf8')
  await victim.writeMs()
  await slowDown(plan)
  // A first burst passes: the kernel counts in slices of up to a second.
  const slowMs = await victim.writeMs()
  assert.ok(slowMs > 1000, `2 MiB took ${slowMs} ms at 1 MiB/s`)
  await isQuick(other, slowMs)
  for (const _twice of [1, 2]) await takeBack(undoOf(plan))
  await isQuick(victim, slowMs)
  assert.equal(readFileSync(`/proc/${victim.pid}/cgroup`, 'utf8'), groupsBefore)
  assert.equal(existsSync(plan.ownGroup?.folder ?? '/nowhere'), false)
  victim.child.stdin.end()
  other.child.stdin.end()
})

/** Twice in a row: of what is slowed down a first burst may pass. */
async function isQuick(
  { writeMs }: Pick<Awaited<ReturnType<typeof startWriter>>, 'writeMs'>,
  slowMs: number,
) {
  await until('it writes as fast as ever', async () => {
    const [one, two] = [await writeMs(), await writeMs()]
    return Math.max(one, two) < slowMs / 2
  })
}

// major 0 is no disk (Documentation/admin-guide/devices.txt): tmpfs
const memory = ['/dev/shm', '/run'].find((path) => existsSync(path) && statSync(path).dev < 256)

test('a folder in memory is refused: it stands on no disk', {
  skip: memory === undefined && 'no tmpfs at /dev/shm or /run',
}, () => {
  const plan = planSlowDisk(
    { pid: process.pid, folder: memory!, writeBytesPerSecond: MIB, runId: 'test' },
    lookHere,
  )
  assert.ok(!plan.possible)
  assert.match(plan.reason, /stands on no disk that the kernel can slow down/)
})

test('a process whose disk is slow already is refused', {
  skip: noOwnGroup,
}, async () => {
  const { victim, wanted, plan } = await plannedWriter()
  after(() => takeBack(undoOf(plan)))
  await slowDown(plan)
  const again = planSlowDisk({ ...wanted, runId: 'another' }, lookHere)
  assert.ok(!again.possible)
  assert.match(again.reason, /already, which a slow disk made/)
  await takeBack(undoOf(plan))
  victim.child.stdin.end()
})

test('a process that ended meanwhile leaves nothing to take back but its empty group', {
  skip: noOwnGroup,
}, async () => {
  const { victim, plan } = await plannedWriter()
  assert.ok(plan.ownGroup)
  await slowDown(plan)
  victim.child.kill('SIGKILL')
  await once(victim.child, 'exit')
  await takeBack(undoOf(plan))
  assert.equal(existsSync(plan.ownGroup.folder), false)
})

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { until } from '../../reports/run/testing.ts'
import { createExec } from './exec.ts'
import { acquire } from './locks.ts'
import { findLeftovers } from './marks.ts'
import { lockPortBlock } from './ports.ts'
import { fixture, testFolder, testRunId } from './testing/place.ts'

// before the locks become our own: ports are shared with every test of this machine
const block = await lockPortBlock(10, 'the test of leftovers')
after(() => block.release())
const folder = testFolder()
const scratch = join(folder, 'scratch')
const leases = join(folder, 'leases')
const runId = testRunId()
const otherRunId = testRunId()
const find = () => findLeftovers({ runId, ports: block.ports, scratch, leases })

test('a run that left nothing has no leftovers, whatever other runs do', async () => {
  const other = createExec({ runId: otherRunId })
  const running = other.start({ file: process.execPath, args: [fixture('waits.js')] })
  using _lock = await acquire('target', { what: 'another run', run: otherRunId, waitMs: 0 })
  assert.deepEqual(await find(), [])
  await running.stop()
})

test('finds a live process of the run, also one whose parent is gone, until it ends', async () => {
  const environment = { ...process.env, GAUNTLET_RUN: runId }
  const pid = Number(
    execFileSync('/bin/sh', ['-c', '/bin/sleep 60 >/dev/null 2>&1 & echo $!'], {
      env: environment,
      encoding: 'utf8',
    }),
  )
  await until('it is found', async () =>
    (await find()).some((one) => one === `process ${pid} (/bin/sleep 60)`),
  )
  process.kill(pid, 'SIGKILL')
  await until('nothing is left', async () => (await find()).length === 0)
})

test('finds a listener on the ports of the run, even one without its mark', async () => {
  await using server = createServer().listen(block.ports[3], '127.0.0.1')
  await once(server, 'listening')
  const found = await find()
  assert.equal(found.length, 1)
  assert.match(found[0] ?? '', new RegExp(`^port ${block.ports[3]} held by process ${process.pid} `))
})

const planted: [what: string, plant: () => void | Promise<void>, expected: RegExp][] = [
  ['a FIFO', () => void execFileSync('mkfifo', [join(scratch, 'stream')]), /^FIFO .*stream$/],
  ['a browser profile', () => plant(join(scratch, 'profile'), 'Local State'), /^browser profile .*profile$/],
  ['a lease', () => plant(leases, `${runId}.lease`), /^lease .*\.lease$/],
  [
    'a lock of a dead process',
    () => {
      const content = { schema: 'gauntlet/lock/1', what: 'load', run: runId, since: '2026-11-21T00:00:00Z' }
      const path = join(process.env['GAUNTLET_LOCKS'] ?? '', 'measuring.999999999.1.1.lock')
      writeFileSync(path, JSON.stringify(content))
    },
    /^lock .*measuring.* \(load\)$/,
  ],
]

for (const [what, plantIt, expected] of planted)
  test(`finds ${what} of the run`, async () => {
    await plantIt()
    const found = await find()
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0] ?? '', expected)
    for (const place of [
      scratch,
      leases,
      join(process.env['GAUNTLET_LOCKS'] ?? '', 'measuring.999999999.1.1.lock'),
    ])
      rmSync(place, { recursive: true, force: true })
    mkdirSync(scratch)
    assert.deepEqual(await find(), [])
  })

test('what is being removed while it looks is no leftover, and no error', async () => {
  const profiles = join(scratch, 'profiles')
  for (let n = 0; n < 3_000; n += 1) mkdirSync(join(profiles, `${n}/Default/Cache`), { recursive: true })
  const removing = spawn('rm', ['-rf', profiles])
  const ended = once(removing, 'close')
  do {
    assert.deepEqual(await find(), [])
    await setImmediate() // or its end is never heard
  } while (removing.exitCode === null)
  await ended
})

function plant(place: string, name: string): void {
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, name), '')
}

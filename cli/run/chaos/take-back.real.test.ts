import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { readLease } from '../../process/guardian/lease-file.ts'
import { isAlive, isStopped } from '../../process/identity.ts'
import { answerOf, gauntlet, journalOf, startGauntlet } from '../../testing/gauntlet.ts'
import { openRunningShop } from '../../testing/running-shop.ts'
import { leasesFolder } from '../record/runs-folder.ts'

const { shop, targetFile, worker, end: endShop } = await openRunningShop('the test of chaos recover and stop')

/** A run in the middle of its fault. */
async function pausing(length = '120s') {
  const args = ['chaos', 'run', 'pause-worker', '--for', length, '--target', targetFile, '--plain', '--json']
  const running = startGauntlet(args, shop)
  const folder = await running.journals('fault-confirmed')
  const lease = readLease(join(leasesFolder(shop.root), `${basename(folder)}.json`))
  assert.ok(lease)
  const victim = await worker()
  assert.ok(isStopped(victim))
  return { running, folder, lease, victim, run: basename(folder) }
}

/** All at once, as an OOM killer does: nobody is left who would take anything back. */
function killAll({ running, lease }: Awaited<ReturnType<typeof pausing>>): void {
  for (const { pid } of lease.guardians) process.kill(pid, 'SIGSTOP')
  running.send('SIGKILL')
  for (const { pid } of lease.guardians) process.kill(pid, 'SIGKILL')
}

const chaos = (...args: string[]) => gauntlet(['chaos', ...args, '--json'], shop)

test('after harness and guardians were killed at once, recover takes the fault back, and again does nothing', async () => {
  const all = await pausing()
  killAll(all)
  await all.running.ended
  const { document } = answerOf(await chaos('residue'), 25)
  const found = JSON.stringify(document['found'])
  assert.match(found, /fault pause-worker may be on/)
  assert.match(found, new RegExp(`"kill -CONT ${all.victim.pid}"`))
  assert.ok(isStopped(all.victim), 'residue touches nothing')
  answerOf(await chaos('recover'), 0)
  assert.ok(isAlive(all.victim) && !isStopped(all.victim))
  assert.deepEqual(readdirSync(leasesFolder(shop.root)), [])
  const said = journalOf(all.folder).slice(-2)
  assert.deepEqual(
    said.map((entry) => [entry.kind, 'by' in entry && entry.by]),
    [
      ['fault-undoing', 'guardian'],
      ['fault-undone', 'guardian'],
    ],
  )
  const { length } = journalOf(all.folder)
  answerOf(await chaos('recover'), 0)
  assert.equal(journalOf(all.folder).length, length)
  answerOf(await chaos('residue'), 0)
})

test('a process that was stopped and has no lease is found, with the way to let it go on', async () => {
  const all = await pausing()
  all.running.send('SIGINT')
  await all.running.ended
  process.kill(all.victim.pid, 'SIGSTOP')
  const { document } = answerOf(await chaos('recover'), 25)
  assert.match(
    JSON.stringify(document['found']),
    new RegExp(`worker .*stopped.*kill -CONT ${all.victim.pid}`),
  )
  assert.ok(isStopped(all.victim), 'it may be somebody else who stopped it')
  process.kill(all.victim.pid, 'SIGCONT')
})

test('a target that ends while its fault is on did not come back to its steady state: that is found, and no failure', async () => {
  const all = await pausing('15s')
  await endShop()
  const { verdict } = answerOf(await all.running.ended, 20)
  assert.equal(verdict?.outcome, 'completed')
  assert.match(verdict.why, /^The steady state did not hold after pause-worker: the target's control did not/)
  answerOf(await chaos('residue'), 0)
})

test('recover leaves a run that goes on alone, and names it', async () => {
  const all = await pausing()
  const { document } = answerOf(await chaos('recover'), 0)
  assert.deepEqual(document['living'], [{ run: all.run, pid: all.running.pid }])
  assert.ok(isStopped(all.victim), 'its fault is still on')
  all.running.send('SIGINT')
  assert.equal((await all.running.ended).exitCode, 22)
})

test('stop from a second shell ends a run in good order, with nothing left on', async () => {
  const all = await pausing()
  answerOf(await chaos('stop'), 0)
  assert.equal((await all.running.ended).exitCode, 22)
  assert.ok(isAlive(all.victim) && !isStopped(all.victim))
  answerOf(await chaos('stop'), 0)
})

test('stop kills a harness that does not end, and its guardians take back what it held', async () => {
  const all = await pausing()
  all.running.send('SIGSTOP')
  answerOf(await chaos('stop', '--within', '1s'), 0)
  assert.equal((await all.running.ended).signal, 'SIGKILL')
  assert.ok(isAlive(all.victim) && !isStopped(all.victim))
})

test('the pid of a lease that is another process now is neither told to stop nor killed', async () => {
  const all = await pausing()
  killAll(all)
  await all.running.ended
  const path = join(leasesFolder(shop.root), `${all.run}.json`)
  const me = { pid: process.pid, startedAt: 1 }
  writeFileSync(path, JSON.stringify({ ...all.lease, ...me, guardians: [me] }))
  let isTold = false
  const listen = (): void => {
    isTold = true
  }
  process.once('SIGINT', listen)
  answerOf(await chaos('stop', '--within', '1s'), 0)
  process.off('SIGINT', listen)
  assert.equal(isTold, false)
  assert.ok(!isStopped(all.victim))
})

test('a lease that cannot be read is told and kept, and neither stop nor recover leaves anything else on for it', async () => {
  const all = await pausing()
  const path = join(leasesFolder(shop.root), '20200101-000000-aaaa.json')
  writeFileSync(path, '{"schema":"gauntlet/lease/1","run":"2020')
  const { document } = answerOf(await chaos('stop'), 25)
  assert.equal((await all.running.ended).exitCode, 22)
  assert.ok(isAlive(all.victim) && !isStopped(all.victim))
  const found = document['found']
  assert.ok(Array.isArray(found) && found.length === 1, JSON.stringify(found))
  assert.match(JSON.stringify(found), /20200101-000000-aaaa\.json is no lease.*must be taken back by hand/)
  answerOf(await chaos('recover'), 25)
  assert.ok(existsSync(path))
  rmSync(path)
  answerOf(await chaos('residue'), 0)
})

test('an undo that fails keeps its lease, and says how to do it by hand', async () => {
  const all = await pausing()
  killAll(all)
  await all.running.ended
  const path = join(leasesFolder(shop.root), `${all.run}.json`)
  const undo = {
    method: 'PUT',
    url: 'http://127.0.0.1:1/links/a',
    body: { via: null },
    does: 'lead a straight',
  }
  const held = [...all.lease.held, { id: 'x', undo: { kind: 'switch', switch: 'x', undo } }]
  writeFileSync(path, JSON.stringify({ ...all.lease, held }))
  const { document } = answerOf(await chaos('recover'), 25)
  assert.match(JSON.stringify(document['found']), /curl -X PUT .*127\.0\.0\.1:1\/links\/a/)
  assert.ok(!isStopped(all.victim), 'the others are done all the same')
  writeFileSync(path, JSON.stringify(all.lease))
  answerOf(await chaos('recover'), 0)
})

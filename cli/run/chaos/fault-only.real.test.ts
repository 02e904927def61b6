import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { until } from '../../../reports/run/testing.ts'
import { isStopped } from '../../process/identity.ts'
import { answerOf, journalOf, startGauntlet } from '../../testing/gauntlet.ts'
import { runFolders } from '../../testing/run-folders.ts'
import { openShop } from '../../testing/shop.ts'

const shop = await openShop('the test of chaos run --fault-only')
const drill = (...more: string[]): string[] => [
  ...['chaos', 'run', 'pause-worker', '--fault-only', '--port', String(shop.ports[0]), '--json'],
  ...more,
]

/** A drill whose fault was seen, and the process that stands still. */
async function drilling(...more: string[]) {
  const running = startGauntlet(drill('--plain', ...more), shop)
  const folder = await running.journals('fault-confirmed')
  return { running, folder, victim: victimIn(folder) }
}

function victimIn(folder: string) {
  const victim = journalOf(folder).flatMap((one) => (one.kind === 'fault-injecting' ? one.victims : []))[0]
  assert.ok(victim !== undefined && 'pid' in victim && isStopped(victim))
  return victim
}

test('a drill tells what is still wrong, ends as soon as people mended it, and says how long they took', async () => {
  const { running, folder, victim } = await drilling()
  await running.says(/not yet: worker \(pid \d+\) is still stopped/)
  process.kill(victim.pid, 'SIGCONT')
  const { verdict } = answerOf(await running.ended, 0)
  const [fault] = verdict?.faults ?? []
  assert.deepEqual([verdict?.verdict, fault?.undo, fault?.undoneBy], ['met', 'proven gone', 'people'])
  assert.match(verdict?.why ?? '', /^People recovered: gone after .*, steady state again after .*\.$/)
  const { noticedMs, goneMs, steadyMs } = fault?.recovery ?? {}
  assert.ok(noticedMs === null && goneMs && steadyMs && goneMs <= steadyMs)
  assert.ok(!journalOf(folder).some((one) => 'by' in one && one.by === 'harness'))
  assert.match(
    readFileSync(join(folder, 'report', 'summary.md'), 'utf8'),
    /proven gone by people\n {2}- gone after/,
  )
})

test('what people did not mend in their time, gauntlet takes back, and the drill is not met', async () => {
  const { running, victim } = await drilling('--for', '10s')
  const { verdict } = answerOf(await running.ended, 20)
  assert.match(verdict?.why ?? '', /^People did not take pause-worker back in their time, so gauntlet did\.$/)
  assert.equal(verdict?.faults[0]?.undoneBy, 'harness')
  assert.ok(!isStopped(victim))
})

test('Ctrl-C ends a drill, and gauntlet takes it back', async () => {
  const { running, victim } = await drilling()
  running.pressCtrlC()
  const { verdict } = answerOf(await running.ended, 22)
  assert.deepEqual([verdict?.faults[0]?.undo, verdict?.faults[0]?.undoneBy], ['proven gone', 'harness'])
  assert.ok(!isStopped(victim))
})

test('a drill whose harness is killed leaves nothing to people', async () => {
  const { running, folder } = await drilling()
  running.send('SIGKILL')
  await running.ended
  await running.journals('fault-undone')
  const undone = journalOf(folder).filter((one) => one.kind === 'fault-undone')
  assert.deepEqual([...new Set(undone.map(({ by }) => by))], ['guardian'])
})

const CTRL_C = '\x03'
const SCRIPT = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((one) => join(one, 'script'))
  .find(existsSync)

test('Enter at the terminal says that somebody noticed', {
  skip: SCRIPT === undefined || process.platform !== 'linux' ? 'script (util-linux) is missing' : false,
}, async (context) => {
  const before = runFolders(shop)
  const command = [process.execPath, join(import.meta.dirname, '../../gauntlet.cjs'), ...drill()].join(' ')
  const child = spawn(SCRIPT!, ['-qec', command, '/dev/null'], { cwd: shop.root, env: shop.environment })
  const ended = once(child, 'exit')
  child.stdout.resume()
  const folder = () => runFolders(shop).find((one) => !before.includes(one)) ?? ''
  const journal = () => join(folder(), 'journal.ndjson')
  const has = (kind: string) => () => existsSync(journal()) && readFileSync(journal(), 'utf8').includes(kind)
  context.after(() => void child.stdin.write(CTRL_C))
  await until('the fault is seen', has('"fault-confirmed"'), 60_000)
  child.stdin.write('\n\n') // the second comes while the first is still being written
  await until('it is noticed', has('"people-noticed"'))
  child.stdin.write('\n')
  process.kill(victimIn(folder()).pid, 'SIGCONT')
  assert.deepEqual(await ended, [0, null])
  const verdict = JSON.parse(readFileSync(join(folder(), 'verdict.json'), 'utf8'))
  const { noticedMs, goneMs } = verdict.faults[0].recovery
  assert.ok(noticedMs > 0 && noticedMs <= goneMs)
  assert.equal(journalOf(folder()).filter(({ kind }) => kind === 'people-noticed').length, 1)
})

// The machine's clock is set, by an hour or a day, while a fault is on: libfaketime does it to all programs of the run.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { until } from '../../../reports/run/testing.ts'
import { isAlive, isStopped } from '../../process/identity.ts'
import { answerOf, journalOf, startGauntlet } from '../../testing/gauntlet.ts'
import { faketime, skip } from '../../testing/libfaketime.ts'
import { openRunningShop } from '../../testing/running-shop.ts'

const { shop, targetFile, worker } = await openRunningShop('the test of a clock that jumps')
const offsetFile = join(shop.root, 'offset')
const FAULT_SECONDS = 10

/** A run whose programs read the clock that `jump` sets; the fault is on when it resolves. */
async function pausing(forSeconds: number, ...more: readonly string[]) {
  jump('+0')
  const args = ['chaos', 'run', 'pause-worker', '--for', `${forSeconds}s`, '--target', targetFile, '--json']
  const running = startGauntlet([...args, ...more], shop, {
    LD_PRELOAD: faketime,
    FAKETIME_TIMESTAMP_FILE: offsetFile,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
  const folder = await running.journals('fault-confirmed')
  const victim = await worker()
  assert.ok(isStopped(victim))
  return { running, folder, victim }
}

const jump = (offset: string): void => writeFileSync(offsetFile, `${offset}\n`)

for (const offset of ['+3600', '-86400'])
  test(`a clock that is set by ${offset} s makes a fault no longer and no shorter`, { skip }, async () => {
    const { running, folder, victim } = await pausing(FAULT_SECONDS)
    jump(offset)
    answerOf(await running.ended, 0)
    assert.ok(isAlive(victim) && !isStopped(victim))
    const atUs = (kind: string) => journalOf(folder).find((one) => one.kind === kind)?.atUs ?? Number.NaN
    const onSeconds = (atUs('fault-undoing') - atUs('fault-injecting')) / 1e6
    assert.ok(onSeconds >= FAULT_SECONDS - 0.5 && onSeconds < 1800, `it was on for ${onSeconds} s`)
  })

test('after the clock was set back by a day, a harness that stands still is given up after its lease', {
  skip,
}, async (context) => {
  const { running, victim } = await pausing(120, '--lease', '5s')
  context.after(() => running.send('SIGKILL'))
  jump('-86400')
  running.send('SIGSTOP')
  await until('the worker goes on', () => !isStopped(victim), 60_000)
  running.send('SIGKILL')
  await running.ended
  assert.ok(isAlive(victim))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Type } from 'typebox'
import { addProbeKinds, defineProbe } from '../../../chaos/index.ts'
import { type PlannedGuard, UNKNOWN_TARGET } from '../../../reports/run/index.ts'
import { fakeClock, fakeContext } from '../../../reports/run/testing.ts'
import { controlByPorts } from './control-by-ports.ts'
import { createStopper } from './stop.ts'
import { type GuardWatch, startGuards } from './watch-guards.ts'

addProbeKinds(
  defineProbe({
    kind: 'broken',
    settings: Type.Object({}),
    fields: ['answer'],
    subject: () => 'the broken one',
    ask: async () => {
      throw new TypeError('it is broken')
    },
  }),
)
const head = { name: 'works', kind: 'broken', of: 'answer', tolerance: 1, settings: {} }
const BROKEN: PlannedGuard = { probe: { name: 'works', probe: head, expects: '' }, forMs: 1_000 }
const MACHINE: PlannedGuard = { machine: { memoryFreeAtLeastBytes: 1 }, forMs: 1_000 }

/** A guard at work, for two seconds. */
async function watched(guard: PlannedGuard, health: GuardWatch['health']) {
  const clock = fakeClock()
  const { context } = fakeContext({ clock })
  const stopper = createStopper()
  const control = controlByPorts(UNKNOWN_TARGET)
  const { stop } = startGuards(
    [guard],
    { plan: { target: UNKNOWN_TARGET }, control, stopper, health },
    context,
  )
  for (let quarter = 0; quarter < 8; quarter += 1) {
    await turn()
    await clock.advance(250)
  }
  await turn()
  const { reason } = stopper
  await stop()
  return reason
}

const well: GuardWatch['health'] = async () => ({
  ...{ memoryFreeBytes: 8e9, diskFreeBytes: 8e9, processorWaitMs: 0 },
})

test('a probe that throws does not hold, and its guard ends the run', async () => {
  assert.deepEqual(await watched(BROKEN, well), {
    by: 'guard',
    reason: 'works did not hold for 1 s: the broken one: it is broken',
  })
})

test('a guard that fails ends the run at once: it would go on unguarded', async () => {
  const reason = await watched(MACHINE, () => Promise.reject(new Error('nobody tells')))
  assert.deepEqual(reason, { by: 'machinery', reason: 'the guard on this machine failed: nobody tells' })
})

test('a guard that sees all well ends nothing', async () => {
  assert.equal(await watched(MACHINE, well), undefined)
})

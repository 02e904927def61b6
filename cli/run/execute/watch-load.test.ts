import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  JournalFact,
  LoadSecond,
  ObjectiveGuard,
  Plan,
  PlannedPhase,
} from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import {
  AVAILABLE,
  INJECTION,
  PLAN,
  SEARCH,
  second,
  steadyLoad,
  ZERO_US,
} from '../../../slo/judge/testing/run.ts'
import { createStopper } from './stop.ts'
import { watchLoad } from './watch-load.ts'

const guardOn = (objective: string, more: Partial<ObjectiveGuard> = {}): ObjectiveGuard => ({
  objective,
  ...more,
})

/** 100 requests, so many of which failed. */
const failing = (n: number, failed: number): LoadSecond => ({
  ...steadyLoad({ slow: 0, failed, seconds: 1 })[0]!,
  second: n,
})

interface Watched {
  readonly guard: ObjectiveGuard
  readonly load: readonly LoadSecond[]
  readonly plan?: Plan
  readonly facts?: readonly (readonly [ms: number, fact: JournalFact])[]
  /** when the last line is written down, from second 0 */
  readonly nowMs?: number
}

/** What was journaled as an alarm, which makes its objective violated, and why the run was stopped. */
async function watch({ guard, load, plan = PLAN, facts = [], nowMs = 0 }: Watched) {
  const stopper = createStopper()
  const { context, recorded } = fakeContext()
  const clock = { ...context.clock, nowUs: () => ZERO_US + nowMs * 1000 }
  const record = watchLoad({ plan: { ...plan, guards: [guard] }, stopper }, { ...context, clock })
  await record.journal({ kind: 'second-zero' }, ZERO_US)
  for (const [ms, fact] of facts) await record.journal(fact, ZERO_US + ms * 1000)
  for (const line of load) await record.evidence('load.ndjson', line)
  const alarms = recorded.journal.flatMap((entry) => (entry.kind === 'guard-alarm' ? [entry.seen] : []))
  assert.deepEqual(recorded.evidence['load.ndjson'], load, 'every line is recorded')
  return { alarms, reason: stopper.reason }
}

test('an outage after 20 good seconds stops the run within ten, with its figures', async () => {
  const load = [
    ...steadyLoad({ slow: 0, seconds: 20 }),
    ...Array.from({ length: 20 }, (_, n) => failing(20 + n, 100)),
  ]
  const { alarms, reason } = await watch({ guard: guardOn('available'), load })
  const [seen = ''] = alarms
  assert.equal(alarms.length, 1)
  const found = /^(\d+) of \S+ requests were bad from 0:00 to 0:(\d+), and 0\.1 % may be$/.exec(seen)
  assert.ok(found !== null, seen)
  const [, bad, endSecond] = found
  assert.equal(Number(bad), (Number(endSecond) - 20) * 100)
  assert.ok(Number(endSecond) <= 30, seen)
  assert.deepEqual(reason, { by: 'guard', reason: `available: ${seen}` })
})

test('a promise that is just kept raises no alarm', async () => {
  const load = steadyLoad({ slow: 5, seconds: 45 })
  assert.deepEqual(await watch({ guard: guardOn('search'), load }), { alarms: [], reason: undefined })
})

test('without guards the record is left as it is', () => {
  const { context } = fakeContext()
  const watched = watchLoad({ plan: PLAN, stopper: createStopper() }, context)
  assert.equal(watched, context.record)
})

test('a promise is watched only in its own phases, a burn rate in every judged one with load', async () => {
  const load = Array.from({ length: 25 }, (_, n) => failing(47 + n, 100))
  const facts = [[45_020, { kind: 'fault-injected', ...INJECTION }]] as const
  assert.ok(!SEARCH.phases.includes('worker-lost'))
  assert.deepEqual((await watch({ guard: guardOn('search'), load, facts })).alarms, [])
  const burning = await watch({ guard: guardOn('search', { burnRate: 10, forMs: 5000 }), load, facts })
  const seen = 'burn rate 20.0 over 5 s: 500 of 500 requests were bad from 0:47 to 0:52'
  assert.deepEqual(burning.reason, { by: 'guard', reason: `search: ${seen}` })
})

test("an experiment's own burn rate is watched in its phase only, judged or not", async () => {
  const guard = guardOn('search', { burnRate: 10, forMs: 5000, experiment: 'kill' })
  const before = Array.from({ length: 20 }, (_, n) => failing(20 + n, 100))
  assert.equal((await watch({ guard, load: before })).reason, undefined)
  const unjudged = (phase: PlannedPhase) => ({ ...phase, judged: phase.name !== 'worker-lost' })
  const plan = { ...PLAN, phases: PLAN.phases.map(unjudged) }
  const load = Array.from({ length: 20 }, (_, n) => failing(47 + n, 100))
  const facts = [[45_020, { kind: 'fault-injected', ...INJECTION }]] as const
  assert.equal((await watch({ guard, load, plan, facts })).reason?.by, 'guard')
})

test('a burn rate stops the run, and leaves it to the judge whether the promise is broken', async () => {
  const load = Array.from({ length: 10 }, (_, n) => failing(n, 100))
  const { alarms, reason } = await watch({ guard: guardOn('search', { burnRate: 2, forMs: 4000 }), load })
  assert.deepEqual(alarms, [])
  assert.equal(reason?.by, 'guard')
})

test('a phase that is not judged is watched by no guard', async () => {
  const unjudged = (phase: PlannedPhase) => (phase.name === 'baseline' ? { ...phase, judged: false } : phase)
  const plan = { ...PLAN, phases: PLAN.phases.map(unjudged) }
  const load = Array.from({ length: 40 }, (_, n) => failing(n, 100))
  const guard = guardOn('available', { burnRate: 10, forMs: 2000 })
  assert.equal((await watch({ guard, load, plan })).reason, undefined)
  assert.equal((await watch({ guard, load })).reason?.by, 'guard')
})

test('what a fault broke before it was seen to be gone is not held against the phase after it', async () => {
  const load = Array.from({ length: 15 }, (_, n) => failing(75 + n, n < 12 ? 100 : 0))
  const injected = [45_020, { kind: 'fault-injected', ...INJECTION }] as const
  const gone = [
    [75_100, { kind: 'fault-undone', ...INJECTION, by: 'harness' }],
    [87_000, { kind: 'fault-normal', ...INJECTION, by: 'harness', seen: '1 ready' }],
  ] as const
  assert.deepEqual((await watch({ guard: guardOn('search'), load, facts: [injected, ...gone] })).alarms, [])
  const early = [gone[0], [75_200, gone[1][1]]] as const
  assert.equal(
    (await watch({ guard: guardOn('search'), load, facts: [injected, ...early] })).alarms.length,
    1,
  )
})

test('a burn rate is held against the whole length of time, and against chance', async () => {
  const guard = guardOn('search', { burnRate: 2, forMs: 4000 })
  const bad = Array.from({ length: 3 }, (_, n) => failing(n, 100))
  assert.equal((await watch({ guard, load: bad })).reason, undefined, '3 s of 4')
  assert.equal((await watch({ guard, load: [...bad, failing(3, 0)] })).reason?.by, 'guard')
  const few = Array.from({ length: 8 }, (_, n) =>
    second(n, { latenciesMs: [5] }, ...(n % 4 === 0 ? [{ outcome: 'bad', latenciesMs: [5] } as const] : [])),
  )
  assert.equal((await watch({ guard, load: few })).reason, undefined, '1 bad of 5 says little')
})

test('requests that time out are counted in the second in which it is known', async () => {
  const timedOut = (n: number) => second(n, { outcome: 'timeout', latenciesMs: Array(50).fill(10_000) })
  const good = steadyLoad({ slow: 0, seconds: 30 })
  const load = good.flatMap((line, n) => (n < 12 ? [line] : [timedOut(n - 10), line]))
  const { reason } = await watch({ guard: guardOn('available', { burnRate: 150, forMs: 3000 }), load })
  const seen = 'burn rate 250 over 3 s: 100 of 400 requests were bad from 0:11 to 0:14'
  assert.equal(reason?.reason, `available: ${seen}`)
})

test('a load that is over is stopped by no guard', async () => {
  const load = Array.from({ length: 18 }, (_, n) => failing(76 + n, 100))
  const guard = guardOn('available')
  assert.equal((await watch({ guard, load, nowMs: 94_999 })).alarms.length, 1)
  assert.deepEqual((await watch({ guard, load, nowMs: 95_000 })).alarms, [])
})

test('a line that is no load is recorded, and watched by nobody', async () => {
  const { context, recorded } = fakeContext()
  const plan = { ...PLAN, guards: [guardOn(AVAILABLE.name)] }
  const record = watchLoad({ plan, stopper: createStopper() }, context)
  await record.evidence('acks.ndjson', { id: 'a' })
  await record.evidence('load.ndjson', { second: 'now' })
  assert.equal(recorded.evidence['acks.ndjson'].length + recorded.evidence['load.ndjson'].length, 2)
})

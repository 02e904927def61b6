import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ObjectiveVerdict, Plan, PlannedLoad } from '../../../reports/run/index.ts'
import { judge } from '../judge.ts'
import { INSTRUMENT, PLAN, runWith, SEARCH, steadyLoad } from '../testing/run.ts'

const closed: PlannedLoad['executor'] = {
  ...{ kind: 'script', executor: 'constant-vus', scenario: 'search', exec: 'default' },
  ...{ startMs: 0, durationMs: 95_000, countsIterations: false, maxVus: 5 },
}
const COMPLETED = { completed: 100, dropped: 0, interrupted: 0, threw: 0 }
const stages = [{ fromPerSecond: 100, toPerSecond: 100, durationMs: 95_000 }]

function searchUnder(executor: PlannedLoad['executor'] | undefined): ObjectiveVerdict {
  const load = executor === undefined ? [] : PLAN.load.map((one) => ({ ...one, executor }))
  const plan: Plan = { ...PLAN, load }
  const [verdict] = judge(runWith({ plan, load: steadyLoad({}) }), [SEARCH]).objectives
  assert.ok(verdict)
  return verdict
}

test('a closed model met its objective from the actual start only, and says so', () => {
  const { verdict, uncorrected, why } = searchUnder(closed)
  assert.deepEqual([verdict, uncorrected], ['met', null])
  assert.match(why, /^When its requests were due is not known: latency counts from their actual start\.$/)
})

test('so did results of another tool', () => {
  assert.match(searchUnder(undefined).why, /is not known/)
})

test('what another scenario makes is of no matter', () => {
  const [first] = PLAN.load
  assert.ok(first !== undefined)
  const plan: Plan = { ...PLAN, load: [first, { ...first, name: 'browse', executor: closed }] }
  const iterations = ['search', 'browse'].map((scenario) => ({ ...COMPLETED, scenario }))
  const record = runWith({ plan, load: steadyLoad({}), instrument: { ...INSTRUMENT, iterations } })
  assert.equal(judge(record, [SEARCH]).objectives[0]?.why, '')
})

test('a script with an arrival rate is an open model', () => {
  const { why, uncorrected } = searchUnder({ ...closed, executor: 'constant-arrival-rate', stages })
  assert.equal(why, '')
  assert.notEqual(uncorrected, null)
})

test('a target that answered nobody for a while was not seen to be fast then', () => {
  const load = steadyLoad({}).filter(({ second }) => second < 8 || second >= 18)
  const plan: Plan = { ...PLAN, load: PLAN.load.map((one) => ({ ...one, executor: closed })) }
  const [seen] = judge(runWith({ plan, load }), [SEARCH]).objectives
  assert.equal(seen?.verdict, 'inconclusive')
  assert.match(seen?.why ?? '', /For 10 s no requests ended, and when they were due is not known\./)
})

test('a second without one of a few requests is no silence', () => {
  const load = steadyLoad({}).map((one) => ({
    ...one,
    series:
      one.second % 2 ? [] : one.series.map((series) => ({ ...series, count: 1, over: {}, sketch: [0, 1] })),
  }))
  const plan: Plan = { ...PLAN, load: PLAN.load.map((one) => ({ ...one, executor: closed })) }
  assert.doesNotMatch(
    judge(runWith({ plan, load }), [SEARCH]).objectives[0]?.why ?? '',
    / s no requests ended/,
  )
})

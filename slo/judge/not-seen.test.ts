import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type LoadOutcome,
  type LoadSecond,
  type LoadSeries,
  OTHERS,
  type Plan,
  type PlannedLoad,
  type PlannedObjective,
} from '../../reports/run/index.ts'
import { judge } from './judge.ts'
import { only } from './testing/only.ts'
import { AVAILABLE, PLAN, runWith, SEARCH, series, steadyLoad } from './testing/run.ts'

const SECONDS = 95

const line = (n: number, all: readonly LoadSeries[]): LoadSecond => ({
  ...{ schema: 'gauntlet/load/1', second: n, series: [...all] },
})

/** What each second of a run holds. */
const seconds = (seriesAt: (n: number) => readonly LoadSeries[]): LoadSecond[] =>
  Array.from({ length: SECONDS }, (_, n) => line(n, seriesAt(n)))

const counted = (
  measure: LoadSeries['measure'],
  name: string,
  outcome: LoadOutcome,
  count: number,
): LoadSeries => ({
  ...{ measure, scenario: 'search', name, outcome, count },
  ...{ over: {}, sketch: [] },
})

describe('what an iteration would have done that was dropped, cut or threw is not known to be good', () => {
  const paid = {
    ...AVAILABLE,
    total: { measure: 'check', name: 'paid' },
    targetRatio: 0.9,
    noun: 'checks',
  } as const
  const PAID: PlannedObjective = { ...paid, good: { ...paid.total, outcome: 'ok' } }
  const checksWith = (outcome: LoadOutcome, cut: number): LoadSecond[] =>
    seconds(() => [
      counted('check', 'paid', 'ok', 100 - cut),
      counted('iteration', 'search', 'ok', 100 - cut),
      ...(cut === 0 ? [] : [counted('iteration', 'search', outcome, cut)]),
    ])

  test('all were made: they are kept', () => {
    assert.equal(only(PAID, { load: checksWith('ok', 0) }).verdict, 'met')
  })

  for (const outcome of ['dropped', 'interrupted', 'bad'] as const)
    test(`one in five was ${outcome}: neither kept nor broken, and it is said`, () => {
      const { verdict, why, events } = only(PAID, { load: checksWith(outcome, 20) })
      assert.equal(verdict, 'inconclusive')
      assert.match(why, /^[0-9,]+ of [0-9,]+ iterations did not complete/)
      assert.equal(events % 100, 0)
    })

  test('one in a hundred was: too few to matter', () => {
    assert.equal(only(PAID, { load: checksWith('dropped', 1) }).verdict, 'met')
  })

  test('the mean of a metric is then at least what it is', () => {
    const { good: _, ...rest } = { ...PAID, total: { measure: 'metric', name: 'reply' } as const }
    const mean: PlannedObjective = { ...rest, statistic: 'mean', limit: { op: 'lt', value: 200 } }
    const replies = (cut: number): LoadSecond[] =>
      seconds(() => [
        { ...counted('metric', 'reply', 'ok', 10), sum: 1000 },
        counted('iteration', 'search', 'ok', 10),
        ...(cut === 0 ? [] : [counted('iteration', 'search', 'interrupted', cut)]),
      ])
    assert.equal(only(mean, { load: replies(0) }).verdict, 'met')
    assert.equal(only(mean, { load: replies(2) }).verdict, 'inconclusive')
  })
})

describe('requests that failed', () => {
  const { good: _, ...rest } = SEARCH
  const MEAN: PlannedObjective = { ...rest, statistic: 'mean', limit: { op: 'lt', value: 200 } }
  const errors = seconds(() => [series({ outcome: 'bad', latenciesMs: Array(100).fill(1) })])

  test('have no fast mean', () => {
    assert.equal(
      only(MEAN, { load: seconds(() => [series({ latenciesMs: Array(100).fill(1) })]) }).verdict,
      'met',
    )
    assert.equal(only(MEAN, { load: errors }).verdict, 'inconclusive')
  })

  test('show no trend, nor do those that were dropped, nor a phase of which a tenth was seen', () => {
    const trend: PlannedObjective = {
      ...rest,
      ...{ statistic: 'trend', limit: { op: 'lt', value: 1000 }, unit: 'ms', promised: 'growth < 1 s/h' },
    }
    const steady = seconds((n) => [series({ latenciesMs: [90 + (n % 3), 91] })])
    assert.equal(only(trend, { load: steady }).verdict, 'met')
    const dropped = seconds((n) => [series({ outcome: 'dropped', latenciesMs: [95_000 - 1000 * n] })])
    for (const load of [errors, dropped, steady.slice(0, 20)])
      assert.deepEqual(only(trend, { load }).verdict, 'inconclusive')
  })
})

test('a name that nobody asked for when the run was made may lie among those that were not kept apart', () => {
  const pay = { measure: 'request', name: 'pay' } as const
  const PAY: PlannedObjective = {
    ...AVAILABLE,
    total: pay,
    good: { ...pay, outcome: 'ok' },
    targetRatio: 0.9,
  }
  const load = seconds(() => [
    counted('request', 'pay', 'ok', 50),
    { ...counted('request', OTHERS, 'bad', 30), scenario: 'admin' },
  ])
  const { verdict, why } = only(PAY, { load })
  assert.equal(verdict, 'inconclusive')
  assert.match(why, /counted under \(others\)/)
  const asked: Plan = { ...PLAN, objectives: [PAY] }
  assert.equal(only(PAY, { load, plan: asked }).verdict, 'met')
  const inSearch = { ...PAY, total: { ...pay, scenario: 'search' } }
  assert.equal(only(inSearch, { load }).verdict, 'met')
})

describe('in a closed model', () => {
  const executor: Extract<PlannedLoad['executor'], { kind: 'script' }> = {
    ...{ kind: 'script', executor: 'constant-vus', scenario: 'search', exec: 'default' },
    ...{ startMs: 0, durationMs: 95_000, countsIterations: false, maxVus: 5 },
  }
  const planOf = (...executors: PlannedLoad['executor'][]): Plan => ({
    ...PLAN,
    load: executors.map((one, n) => ({
      ...PLAN.load[0]!,
      name: n === 0 ? 'search' : `other-${n}`,
      executor: one,
    })),
  })

  test('a target that answered nobody for a while is silent for a composite, whatever its members are', () => {
    const checks = { measure: 'check', name: 'paid' } as const
    const both = [
      { weight: 0.5, total: checks, good: { ...checks, outcome: 'ok' } as const, targetRatio: 0.9 },
      {
        ...{ weight: 0.5, total: { measure: 'request' } as const, targetRatio: 0.9 },
        good: { measure: 'request', outcome: 'ok' } as const,
      },
    ]
    const load = seconds((n) => [
      counted('check', 'paid', 'ok', 1),
      ...(n >= 8 && n < 30 ? [] : [counted('request', 'search', 'ok', 100)]),
    ])
    const { good: _, ...rest } = SEARCH
    for (const members of [both, both.toReversed()]) {
      const { verdict, why } = only({ ...rest, members }, { load, plan: planOf(executor) })
      assert.equal(verdict, 'inconclusive')
      assert.equal(why.match(/For 22 s/g)?.length, 1, why)
    }
  })

  test('before a scenario starts and after its end nothing is silent', () => {
    const early = { ...executor, durationMs: 20_000 }
    const load = steadyLoad({}).filter(({ second }) => second < 20)
    assert.equal(only(SEARCH, { load, plan: planOf(early) }).verdict, 'met')
    assert.match(only(SEARCH, { load, plan: planOf(executor) }).why, /For [0-9]+ s no requests ended/)
    const counting = { ...executor, countsIterations: true }
    assert.equal(only(SEARCH, { load, plan: planOf(counting) }).verdict, 'met')
  })
})

test('what is left of a phase after its last whole slice may be a bad slice, where it holds bad events', () => {
  const slices = { lengthMs: 3000, targetRatio: 0.9 }
  const objective = {
    ...AVAILABLE,
    targetRatio: 0.9,
    slices,
    phases: ['baseline', 'worker-lost', 'recovery'],
  }
  const failing = (from: number) =>
    seconds((n) => [series({ outcome: n >= from && n < 44 ? 'bad' : 'ok', latenciesMs: Array(10).fill(5) })])
  assert.equal(only(objective, { load: failing(95) }).bad, 0)
  assert.equal(only(objective, { load: failing(42) }).bad, 1)
})

test('one bad request in the phase of a fault, of too few to decide anything, is chance', () => {
  const objective = { ...AVAILABLE, phases: ['worker-lost'] }
  const load = seconds((n) => [
    series({ latenciesMs: Array(8).fill(5) }),
    ...(n === 60 ? [series({ outcome: 'bad', latenciesMs: [5] })] : []),
  ])
  const { verdict, bad } = only(objective, { load })
  assert.deepEqual([verdict, bad], ['inconclusive', 1])
})

test('a run that was killed after a guard had ended it judges nothing', () => {
  const alarm = { kind: 'guard-alarm', objective: 'available', seen: '5 of 10 were bad' } as const
  const { verdict, objectives } = judge(
    runWith({
      plan: { ...PLAN, objectives: [AVAILABLE] },
      journal: [...runWith().journal.slice(0, 2), { schema: 'gauntlet/journal/1', atUs: 1, ...alarm }],
      complete: false,
    }),
  )
  assert.deepEqual([verdict, objectives[0]?.verdict], ['inconclusive', 'inconclusive'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoadSecond, PlannedObjective, ProbeSample, QueryPoints } from '../../../reports/run/index.ts'
import { mulberry32 } from '../statistics/mulberry32.ts'
import { only } from '../testing/only.ts'
import { AVAILABLE, SEARCH, second, steadyLoad, ZERO_US } from '../testing/run.ts'

/** 95 s of a hundred requests each, around a mean. */
function around(
  meanMs: number,
  more: { readonly outcome?: 'interrupted'; readonly every?: number } = {},
): LoadSecond[] {
  const random = mulberry32(11)
  return Array.from({ length: 95 }, (_, n) => {
    const latenciesMs = Array.from({ length: 100 }, () => meanMs * (0.5 + random()))
    const hits = [
      { latenciesMs },
      ...(more.outcome === undefined ? [] : [{ outcome: more.outcome, latenciesMs: [10_000] }]),
    ]
    return second(n, ...hits)
  })
}

const { good: _good, ...unlimited } = SEARCH
const MEAN: PlannedObjective = {
  ...unlimited,
  ...{ statistic: 'mean', limit: { op: 'lt', value: 200 }, promised: 'mean < 200 ms' },
}

test('a mean of 150 ms keeps a limit of 200 ms, one of 250 ms breaks it, and one of 200 ms does neither', () => {
  const said = [150, 250, 200].map((ms) => only(MEAN, { load: around(ms) }))
  assert.deepEqual(
    said.map(({ verdict }) => verdict),
    ['met', 'violated', 'inconclusive'],
  )
  assert.deepEqual([said[0]?.unit, said[0]?.statistic, said[0]?.better], ['ms', 'mean', 'lower'])
  assert.ok(Math.abs((said[0]?.value ?? 0) - 150) < 3)
})

test('with requests that never ended a mean is at least what it is, and can only be broken', () => {
  const endless = only(MEAN, { load: around(50, { outcome: 'interrupted' }) })
  assert.deepEqual([endless.verdict, endless.high], ['inconclusive', null])
  assert.match(endless.why, /never ended, so the mean is at least/)
  assert.equal(only(MEAN, { load: around(250, { outcome: 'interrupted' }) }).verdict, 'violated')
})

test('no values are no mean', () => {
  const none = only(MEAN, { load: [] })
  assert.deepEqual([none.verdict, none.value, none.events], ['inconclusive', null, 0])
})

test('minutes in which too little was good are bad slices, and slices are few', () => {
  const slices = { lengthMs: 2000, targetRatio: 0.99 }
  const objective = {
    ...AVAILABLE,
    targetRatio: 0.8,
    slices,
    phases: ['baseline', 'worker-lost', 'recovery'],
  }
  const clean = only(objective, { load: steadyLoad({}) })
  assert.deepEqual([clean.verdict, clean.unit, clean.bad], ['met', 'ratio', 0])
  const failing = only(objective, { load: steadyLoad({ failed: 2 }) })
  assert.deepEqual([failing.verdict, failing.bad], ['violated', failing.events])
  assert.equal(only({ ...objective, slices: { ...slices, lengthMs: 60_000 } }, {}).verdict, 'inconclusive')
})

test('RatioTimeslices judge the mean of the good ratios of slices', () => {
  const objective = { ...AVAILABLE, targetRatio: 0.97, slices: { lengthMs: 1000 } }
  const [kept, broken] = [1, 6].map((failed) => only(objective, { load: steadyLoad({ failed }) }))
  assert.deepEqual([kept?.verdict, broken?.verdict, kept?.unit], ['met', 'violated', 'ratio'])
  assert.ok(Math.abs((kept?.value ?? 0) - 0.99) < 1e-6)
})

const member = (weight: number, good: PlannedObjective['good'], targetRatio: number) => ({
  ...{ weight, total: { measure: 'request' } as const, targetRatio },
  ...(good === undefined ? {} : { good }),
})
const COMPOSITE: PlannedObjective = {
  ...unlimited,
  promised: 'budget of both',
  members: [
    member(1, { measure: 'request', withinMs: 300 }, 0.9),
    member(0.5, { measure: 'request', outcome: 'ok' }, 0.9),
  ],
}

test('a composite adds up what each indicator used of its own budget, times its weight', () => {
  const half = only(COMPOSITE, { load: steadyLoad({ slow: 4, failed: 1 }) })
  // 5 of 100 are slow or failed, 1 of 100 failed: 0.5 + 0.5 · 0.1
  assert.equal(half.value, 0.55)
  assert.deepEqual([half.verdict, half.limit, half.suffix], ['met', 1, '× its budget'])
  assert.equal(only(COMPOSITE, { load: steadyLoad({ slow: 20 }) }).verdict, 'violated')
  assert.equal(only(COMPOSITE, { load: [] }).verdict, 'inconclusive')
})

const RESIDENT: PlannedObjective = {
  ...unlimited,
  ...{ total: { measure: 'probe', name: 'orders/resident-bytes' }, unit: 'bytes', noun: 'samples' },
  good: { measure: 'probe', name: 'orders/resident-bytes', limit: { op: 'lte', value: 1000 } },
  ...{ targetRatio: 0.9, promised: '90 % ≤ 1000 bytes' },
}
const probes = (valueAt: (second: number) => number | null): ProbeSample[] =>
  Array.from({ length: 95 }, (_, n) => ({
    ...{ schema: 'gauntlet/probe/1', probe: 'orders/resident-bytes' },
    ...{ atUs: ZERO_US + n * 1_000_000 + 500_000, value: valueAt(n) },
  }))

test('what a probe read keeps its limit, or does not; what it could not read is neither', () => {
  assert.equal(only(RESIDENT, { probes: probes(() => 900) }).verdict, 'met')
  assert.equal(only(RESIDENT, { probes: probes(() => 1100) }).verdict, 'violated')
  assert.equal(only(RESIDENT, { probes: probes(() => null) }).verdict, 'inconclusive')
  assert.match(only(RESIDENT).why, /was not read/)
})

test('slices of points that could not be read neither keep their mean ratio nor break it', () => {
  const objective = { ...RESIDENT, slices: { lengthMs: 2000 } }
  assert.equal(only(objective, { probes: probes(() => 900) }).verdict, 'met')
  const random = mulberry32(7)
  const { verdict, low, high } = only(objective, { probes: probes(() => (random() < 0.5 ? 900 : null)) })
  assert.deepEqual([verdict, high, low !== null && low < 0.6], ['inconclusive', 1, true])
})

const GROWTH: PlannedObjective = {
  ...unlimited,
  ...{ total: { measure: 'probe', name: 'orders/resident-bytes' }, statistic: 'trend', unit: 'bytes' },
  ...{ limit: { op: 'lt', value: 3600 }, promised: 'growth < 3600 bytes/h', noun: 'samples' },
}

test('a value that grows by ten times the allowed is found, one that stays is kept, and a slow wave is neither', () => {
  const noise = mulberry32(5)
  const grown = (perSecond: number) => only(GROWTH, { probes: probes((n) => 5000 + perSecond * n + noise()) })
  const leak = grown(10)
  assert.deepEqual(
    [leak.verdict, leak.suffix, Math.round((leak.value ?? 0) / 1000)],
    ['violated', 'bytes/h', 36],
  )
  assert.equal(grown(0).verdict, 'met')
  const wave = only(GROWTH, { probes: probes((n) => 5000 + 400 * Math.sin(n / 20)) })
  assert.deepEqual([wave.verdict, wave.value], ['inconclusive', null])
  assert.match(wave.why, /too slowly/)
})

const ANSWERED = 'sum(rate(http_requests_total))'
const counter = (name: string) => ({ measure: 'query', name, source: 'prom', counter: true }) as const
const QUERIED: PlannedObjective = {
  ...unlimited,
  ...{ total: counter('all'), good: counter('good'), targetRatio: 0.9, noun: 'events' },
  promised: '90 %',
}
const points = (query: string, perSecond: number, resetAt = -1): QueryPoints => {
  let value = 0
  return {
    ...{ schema: 'gauntlet/query/1', source: 'prom', query, stepMs: 1000, error: null },
    points: Array.from({ length: 95 }, (_, n) => {
      value = n === resetAt ? perSecond : value + perSecond
      return [ZERO_US + n * 1_000_000, value]
    }),
  }
}

test('counters of a data source are counted by what they grew, through a restart too', () => {
  const seen = only(QUERIED, { queries: [points('all', 100, 30), points('good', 97, 30)] })
  // of the second of the restart nobody knows
  assert.deepEqual([seen.verdict, seen.events % 100, seen.bad], ['met', 0, (seen.events / 100) * 3 + 97])
  const queries = [points('all', 100), points('good', 80)]
  assert.equal(only(QUERIED, { queries }).verdict, 'violated')
})

test('a data source that gave no answer decides nothing, and says why', () => {
  const failed: QueryPoints = { ...points('all', 0), points: [], error: 'parse error at char 4' }
  assert.match(only(QUERIED, { queries: [failed, points('good', 1)] }).why, /parse error at char 4/)
  assert.match(only({ ...QUERIED, total: counter(ANSWERED) }).why, /was not asked/)
})

test('more good events than events at all are no better than all of them', () => {
  const seen = only(QUERIED, { queries: [points('all', 100), points('good', 130)] })
  assert.deepEqual([seen.verdict, seen.bad], ['met', 0])
})

const from = (query: QueryPoints, keeps: (second: number) => boolean): QueryPoints => ({
  ...query,
  points: query.points.filter((_, n) => keeps(n)),
})

test('a hole in the points of a counter keeps a promise from being met, and breaks none', () => {
  const outside = (n: number): boolean => n < 10 || n >= 30
  const queries = [points('all', 100), points('good', 100)].map((one) => from(one, outside))
  const seen = only(QUERIED, { queries })
  assert.deepEqual([seen.verdict, seen.badRatio.low], ['inconclusive', 0])
  assert.equal(only(QUERIED, { queries: [points('all', 100), points('good', 100)] }).verdict, 'met')
})

test('a counter of bad events that appears within the run was not known before', () => {
  const { good: _, ...rest } = QUERIED
  const objective = { ...rest, bad: counter('bad') }
  const late = from({ ...points('bad', 0) }, (n) => n >= 20)
  assert.equal(only(objective, { queries: [points('all', 100), late] }).verdict, 'inconclusive')
  assert.equal(only(objective, { queries: [points('all', 100), points('bad', 0)] }).verdict, 'met')
})

test('what is asked over overlapping times is one event a point, however many each tells of', () => {
  const { counter: _, ...all } = counter('all')
  const objective = { ...QUERIED, total: all, good: { ...all, name: 'good' } }
  const flat = (query: string, value: number): QueryPoints => ({
    ...points(query, 0),
    points: points(query, 0).points.map(([atUs]) => [atUs, value]),
  })
  const seen = only(objective, { queries: [flat('all', 100), flat('good', 100)] })
  assert.deepEqual([seen.verdict, seen.events, seen.bad], ['met', 62, 0])
  assert.equal(
    only({ ...objective, targetRatio: 0.999 }, { queries: [flat('all', 100), flat('good', 100)] }).verdict,
    'inconclusive',
  )
  const half = only(objective, { queries: [flat('all', 100), flat('good', 50)] })
  assert.deepEqual([half.verdict, half.bad], ['violated', 31])
})

test('a probe that stopped, or read nothing any more, is neither a mean nor a trend nor within a limit', () => {
  const early = probes(() => 900).slice(0, 20)
  const gone = probes((n) => (n < 20 ? 900 : null))
  const { good: __, ...unbounded } = RESIDENT
  const mean: PlannedObjective = { ...unbounded, statistic: 'mean', limit: { op: 'lte', value: 1000 } }
  for (const objective of [RESIDENT, mean, GROWTH])
    for (const read of [early, gone]) assert.equal(only(objective, { probes: read }).verdict, 'inconclusive')
  assert.match(only(mean, { probes: gone }).why, /^Only 3[0-9.]+ % of its points could be read\.$/)
  assert.equal(only(mean, { probes: probes(() => 900) }).verdict, 'met')
})

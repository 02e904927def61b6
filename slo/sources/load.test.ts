import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoadSecond, PhaseWindow, PlannedObjective } from '../../reports/run/index.ts'
import { AVAILABLE, PLAN, SEARCH, second } from '../judge/testing/run.ts'
import { sampleOfLoad } from './load.ts'

const all = [{ phase: 'baseline', fromSecond: 0, toSecond: 10, delayed: false, faulted: false }]

const sampled = (objective: PlannedObjective, load: readonly LoadSecond[], windows: readonly PhaseWindow[]) =>
  sampleOfLoad(objective, { load, plan: PLAN }, windows)

test('lines of the same second are added up', () => {
  const load = [second(1, { latenciesMs: [10] }), second(1, { latenciesMs: [20, 400] })]
  const { events, bad } = sampled(SEARCH, load, all)
  assert.deepEqual([events, bad.most], [3, 1])
})

test('a second outside of the phases is not counted', () => {
  assert.equal(sampled(SEARCH, [second(10, { latenciesMs: [10] })], all).events, 0)
})

test('a fast error is bad for a latency, and slower than every limit in its distribution', () => {
  const { bad, times } = sampled(
    SEARCH,
    [second(1, { latenciesMs: [10] }, { outcome: 'bad', latenciesMs: [5] })],
    all,
  )
  assert.deepEqual([bad.most, times?.values.length, times?.beyond], [1, 1, 1])
})

for (const outcome of ['bad', 'timeout', 'dropped', 'interrupted'] as const)
  test(`${outcome} is bad for availability`, () => {
    assert.equal(sampled(AVAILABLE, [second(1, { outcome, latenciesMs: [5] })], all).bad.most, 1)
  })

test('a slow answer is good for availability', () => {
  assert.equal(sampled(AVAILABLE, [second(1, { latenciesMs: [5000] })], all).bad.most, 0)
})

test('only requests of the given name are counted', () => {
  const named = { ...SEARCH, total: { measure: 'request', name: 'search' } } as const
  const load = [second(1, { latenciesMs: [10] }, { name: 'order', latenciesMs: [10, 10] })]
  assert.equal(sampled(named, load, all).events, 1)
})

test('what has no time keeps no limit and misses none, with a counter at the limit or without', () => {
  for (const thresholdsMs of [[], [300]]) {
    const one = second(1, { latenciesMs: [10], thresholdsMs })
    const load = [{ ...one, series: one.series.map((old) => ({ ...old, count: 3 })) }]
    const { bad, times } = sampled(SEARCH, load, all)
    assert.deepEqual([bad, times?.beyond], [{ most: 2, least: 0 }, 2])
  }
})

test('without a counter at the limit its bucket is bad for met and good for violated', () => {
  const load = [second(1, { latenciesMs: [200, 299.9, 300.1, 400], thresholdsMs: [] })]
  assert.deepEqual(sampled(SEARCH, load, all).bad, { most: 2, least: 1 })
  const exact = [second(1, { latenciesMs: [200, 299.9, 300.1, 400] })]
  assert.deepEqual(sampled(SEARCH, exact, all).bad, { most: 2, least: 2 })
})

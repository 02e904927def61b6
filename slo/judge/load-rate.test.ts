import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry, LoadSecond, LoadSeries, RunRecord } from '../../reports/run/index.ts'
import { judge } from './judge.ts'
import { at, PLAN, runWith } from './testing/run.ts'

const seriesOf = (count: number): LoadSeries => ({
  ...{ measure: 'request', scenario: 'search', name: 'search', outcome: 'ok', count, over: {}, sketch: [] },
})
const line = (second: number, count: number): LoadSecond => ({
  ...{ schema: 'gauntlet/load/1', second, series: count === 0 ? [] : [seriesOf(count)] },
})
/** 20 in each second of the 95 s of load. */
const STEADY = Array.from({ length: 95 }, (_, second) => line(second, 20))
const rateOf = (change: Partial<RunRecord>) => judge(runWith({ plan: PLAN, ...change })).requests

test('the rate is that of the load: its last tick, due as it ended, is counted and no second of it', () => {
  assert.deepEqual(rateOf({ load: [...STEADY, line(95, 2)] }), { count: 1902, perSecond: 20 })
})

test('a second without a request is a second of the load', () => {
  const load = STEADY.map(({ second }) => line(second, second % 2 === 0 ? 20 : 0))
  assert.equal(rateOf({ load: load.slice(0, 90) }).perSecond, 10)
})

test('a second without a line is unknown, and no part of the length', () => {
  assert.equal(rateOf({ load: STEADY.filter(({ second }) => second < 30 || second > 40) }).perSecond, 20)
})

test('a run that was stopped within a second has that part of it', () => {
  const journal: JournalEntry[] = [
    at(0, { kind: 'second-zero' }),
    at(0, { kind: 'phase-started', phase: 'baseline' }),
    at(13_200, { kind: 'stopped', by: 'person', reason: 'Ctrl-C' }),
    at(14_900, { kind: 'run-ended', outcome: 'interrupted' }),
  ]
  const load = [...STEADY.slice(0, 13), line(13, 4)]
  assert.deepEqual(rateOf({ journal, load }), { count: 264, perSecond: 20 })
})

test('a load that counts its iterations is as long as its phase was', () => {
  const journal: JournalEntry[] = [
    at(0, { kind: 'second-zero' }),
    at(2500, { kind: 'phase-ended', phase: 'recovery' }),
    at(2600, { kind: 'run-ended', outcome: 'completed' }),
  ]
  assert.equal(rateOf({ journal, load: [line(0, 20), line(1, 20), line(2, 10)] }).perSecond, 20)
})

test('where no request was seen there is no rate', () => {
  assert.deepEqual(rateOf({ load: [line(0, 0)] }), { count: 0, perSecond: null })
})

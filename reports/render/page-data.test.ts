import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunRecord } from '../run/record.ts'
import { checks } from './checks.ts'
import { toPageData } from './page-data.ts'
import { shellWord } from './reproduce.ts'
import { exampleRun, type State } from './testing/index.ts'

const dataOf = (state: State) => {
  const { record, verdict } = exampleRun(state)
  return toPageData(record, verdict)
}

test('objectives stand in the plan’s order, not in the alphabet’s', () => {
  const { record } = exampleRun('met')
  assert.deepEqual(
    dataOf('met').verdict.objectives.map(({ name }) => name),
    record.plan.objectives.map(({ name }) => name),
  )
})

test('a second without a line is unknown in every series, never 0', () => {
  const { timeline } = dataOf('invalid')
  for (const series of [timeline.ratePerSecond, timeline.p50Ms, timeline.p95Ms, timeline.p99Ms])
    assert.deepEqual(
      [series[37] === null, series[38], series[39], series[40] === null],
      [false, null, null, false],
    )
  assert.equal(timeline.errorRatio[38], null)
  assert.deepEqual(timeline.gaps, [{ fromMs: 38_000, toMs: 40_000, why: 'gap' }])
})

test('further lines of the same second are added up', () => {
  const { record, verdict } = exampleRun('met')
  const [first] = record.load
  assert.ok(first)
  const twice: RunRecord = { ...record, load: [first, first] }
  const { timeline } = toPageData(twice, verdict)
  assert.equal(timeline.ratePerSecond[0], 300)
  assert.equal(timeline.p95Ms[0], dataOf('met').timeline.p95Ms[0])
})

test('phases after a drain stand where they really began', () => {
  const { timeline } = dataOf('met')
  const pages = timeline.phases.find(({ name }) => name === 'pages')
  assert.deepEqual([pages?.fromMs, pages?.toMs, pages?.reached], [109_262, 169_261, true])
  assert.deepEqual(timeline.phases.map(({ name }) => name).at(-2), 'drain')
})

test('what a crash left out stands where the plan has it, and nothing is known there', () => {
  const { timeline, phases } = dataOf('crashed')
  assert.deepEqual(
    timeline.phases.filter(({ reached }) => !reached).map(({ name }) => name),
    ['recovery', 'drain', 'pages'],
  )
  assert.deepEqual(timeline.gaps, [
    { fromMs: 72_000, toMs: 226_000, why: 'no data: the record ends at 1:12.0' },
  ])
  assert.deepEqual(timeline.faults, [
    { experiment: 'kill-order-worker', planned: false, fromMs: 55_020.5, toMs: 100_200 },
  ])
  assert.equal(phases.find(({ name }) => name === 'recovery')?.p95Ms, null)
})

test('a fault that was never injected is drawn as planned', () => {
  const { record, verdict } = exampleRun('met')
  const journal = record.journal.filter(({ kind }) => !kind.startsWith('fault-'))
  const { timeline } = toPageData({ ...record, journal }, verdict)
  assert.deepEqual(timeline.faults, [
    { experiment: 'kill-order-worker', planned: true, fromMs: 55_002, toMs: 85_032 },
  ])
  assert.deepEqual(timeline.marks, [])
})

test('a run in which nothing happened still gives a page', () => {
  const { record, verdict } = exampleRun('crashed')
  const empty: RunRecord = { ...record, journal: [], load: [], audits: [] }
  const { timeline, phases } = toPageData(empty, {
    ...verdict,
    lengthMs: null,
    requests: { count: 0, perSecond: null },
  })
  assert.ok(timeline.ratePerSecond.every((rate) => rate === null))
  assert.ok(phases.every(({ reached }) => !reached))
})

test('the median of a page’s visits is one of them, as the judge has it, and stands with its least and most', () => {
  const [home] = dataOf('met').audits
  const paint = home?.rows.find(({ metric }) => metric === 'largest-contentful-paint')
  assert.deepEqual(paint?.cells, [{ visits: 6, median: 972.4, least: 913, most: 1121 }])
})

test('a check is tainted where the verdict has a finding, and what was not measured says so', () => {
  const tainted = dataOf('invalid').checks.filter(({ state }) => state === 'tainted')
  assert.deepEqual(
    tainted.map(({ name, measured }) => [name, measured]),
    [
      ['Gaps in the sample stream', '2 s'],
      ['Faults not confirmed from the outside', '1 of 1'],
    ],
  )
  const { record, verdict } = exampleRun('crashed')
  assert.equal(checks(record, verdict)[0]?.state, 'not measured')
})

test('a command to copy is one word a name, whatever the name holds', () => {
  assert.equal(shellWord('slow-search'), 'slow-search')
  assert.equal(shellWord("a'; rm -r ~ #"), "'a'\\''; rm -r ~ #'")
})

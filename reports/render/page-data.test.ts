import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry } from '../run/journal.ts'
import type { LoadSecond, LoadSeries } from '../run/load.ts'
import { phaseWindows } from '../run/phase-windows.ts'
import type { RunRecord } from '../run/record.ts'
import { consoleText } from './console.ts'
import { toPageData } from './page-data.ts'
import { shellWord } from './reproduce.ts'
import { type Example, exampleRun, type State } from './testing/index.ts'
import { finding } from './testing/verdict.ts'

const oneSeries = (count: number): LoadSeries => ({
  ...{ measure: 'request', scenario: 'search', name: 'search', outcome: 'ok', count, over: {}, sketch: [] },
})
const pageOf = ({ record, verdict }: Example) => toPageData(record, verdict)
const dataOf = (state: State) => pageOf(exampleRun(state))

/** A run that a person stopped before the load began. */
function stoppedEarly(): Example {
  const { record, verdict } = exampleRun('interrupted')
  const journal = record.journal.filter(({ kind }) => kind === 'run-started' || kind === 'stopped')
  return {
    record: { ...record, journal, load: [], instrument: null },
    verdict: { ...verdict, lengthMs: null, requests: { count: 0, perSecond: null }, findings: [] },
  }
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

test('a clock that jumped by years makes no chart of years', () => {
  const { record, verdict } = exampleRun('met')
  const late = record.journal.map((entry, n) => (n === 1 ? { ...entry, atUs: entry.atUs + 1e15 } : entry))
  const { timeline } = toPageData({ ...record, journal: late }, verdict)
  assert.ok(timeline.seconds < 10_000, `${timeline.seconds}`)
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

test('a rate and percentiles are drawn while there is load, and not of what ends after it', () => {
  const { record, verdict } = exampleRun('met')
  const of = dataOf('met').timeline
  const after = of.phases.find(({ load }) => !load)
  assert.ok(after)
  const second = Math.floor(after.fromMs / 1000)
  const [first] = record.load
  assert.ok(first)
  const late: RunRecord = { ...record, load: [...record.load, { ...first, second }] }
  const { timeline } = toPageData(late, verdict)
  const { ratePerSecond, p50Ms, p95Ms, p99Ms, errorRatio } = timeline
  for (const series of [ratePerSecond, p50Ms, p95Ms, p99Ms]) {
    assert.notEqual(series[second - 1], null)
    assert.equal(series[second], null)
  }
  assert.notEqual(errorRatio[second], null)
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

test('a run that was stopped reached nothing after the stop, however long its undo took', () => {
  assert.deepEqual(dataOf('interrupted').timeline.gaps, [
    { fromMs: 78_400, toMs: 226_000, why: 'not reached: the run was stopped at 1:18.4' },
  ])
})

test('a run that never came to second 0 has no moments, and says so instead of a time', () => {
  const { gaps, marks } = pageOf(stoppedEarly()).timeline
  assert.deepEqual(
    gaps.map(({ fromMs, why }) => [fromMs, why]),
    [[0, 'not reached: the run ended before the load began']],
  )
  assert.deepEqual(marks, [])
})

test('a phase that the run ended in is as long as it was on, not as it was planned', () => {
  const lengths = (state: State) =>
    dataOf(state)
      .phases.slice(1, 4)
      .map(({ name, lengthMs, cutFromMs }) => [name, lengthMs, cutFromMs])
  assert.deepEqual(lengths('crashed'), [
    ['baseline', 44_000, null],
    ['worker-lost', 18_000, 30_000],
    ['recovery', 20_000, null],
  ])
  assert.deepEqual(lengths('interrupted')[1], ['worker-lost', 24_400, 30_000])
  assert.ok(dataOf('met').phases.every(({ cutFromMs }) => cutFromMs === null))
})

test('a judged phase has the seconds that are judged: around a fault more, and its neighbours less', () => {
  const { record } = exampleRun('met')
  const windows = phaseWindows(record.plan, record.journal).map(
    ({ fromSecond, toSecond }) => toSecond - fromSecond,
  )
  const lengths = dataOf('met').phases.map(({ lengthMs }) => lengthMs / 1000)
  assert.deepEqual(lengths.slice(1, 4), windows.slice(1, 4))
  assert.deepEqual(lengths.slice(1, 4), [44, 33, 18])
})

test('by phase, a quantile among requests that failed is the least that it can be', () => {
  const { record, verdict } = exampleRun('met')
  const failing = (second: number, share: number): LoadSecond => ({
    ...{ schema: 'gauntlet/load/1', second },
    series: [
      { ...oneSeries(100 - share), sketch: [70_000, 100 - share] },
      { ...oneSeries(share), outcome: 'bad', sketch: [70_000, share] },
    ],
  })
  const load = record.load.map(({ second }) => failing(second, second < 60 ? 5 : 6))
  const objectives = verdict.objectives.map((one) =>
    one.name === 'search-latency'
      ? {
          ...one,
          byPhase: one.byPhase.map((part) => ({ ...part, events: part.phase === 'baseline' ? 4400 : 1800 })),
        }
      : one,
  )
  assert.deepEqual(toPageData({ ...record, load }, { ...verdict, objectives }).openEnds, [
    'search-latency recovery',
  ])
  assert.deepEqual(dataOf('met').openEnds, [])
})

test('the second in which a phase was cut counts as far as it went', () => {
  const { record, verdict } = exampleRun('interrupted')
  const steady = record.load.map((line) => ({ ...line, series: [oneSeries(50)] }))
  const cut = { ...oneSeries(20), scenario: 'order' }
  const load = [...steady, { schema: 'gauntlet/load/1' as const, second: 78, series: [cut] }]
  const { phases } = toPageData({ ...record, load }, verdict)
  assert.deepEqual(
    phases.slice(1, 3).map(({ ratePerSecond }) => ratePerSecond?.toFixed(6)),
    ['50.000000', '50.000000'],
  )
})

test('a phase with the load off has no rate, though the last tick of the load fell into it', () => {
  const { record, verdict } = exampleRun('met')
  const [first] = record.load
  assert.ok(first)
  const load = [...record.load, { ...first, second: 106 }]
  const { phases } = toPageData({ ...record, load }, verdict)
  assert.deepEqual(
    phases.filter(({ ratePerSecond }) => ratePerSecond === null).map(({ name }) => name),
    ['drain', 'pages'],
  )
})

test('a run whose harness was killed is as long as the harness lived, not the guardian', () => {
  const [, said] = dataOf('crashed').summary.find(([name]) => name === 'Length') ?? []
  assert.match(said ?? '', /^1 min 12 s of at most /)
})

test('what an unproven fault spoils is striped from its phase on', () => {
  assert.deepEqual(
    dataOf('invalid').timeline.taints.map(({ fromMs, toMs }) => [fromMs, toMs]),
    [[55_002, 169_261]],
  )
})

test('a phase that a finding spoils is striped, and no other', () => {
  const { record, verdict } = exampleRun('met')
  const findings = ['baseline', 'recovery'].map((name) => finding('late-starts', { scope: 'phase', name }))
  const { taints } = toPageData(record, { ...verdict, findings }).timeline
  assert.deepEqual(
    taints.map(({ fromMs, toMs }) => [fromMs, toMs]),
    [
      [10_002, 55_001],
      [85_102, 105_001],
    ],
  )
})

test('a run that was stopped in its last phase shows what of it was not reached', () => {
  const { record, verdict } = exampleRun('interrupted')
  const plan = { ...record.plan, drain: undefined, phases: record.plan.phases.slice(0, 3) }
  const { drain: _, ...withoutDrain } = plan
  const { timeline } = toPageData({ ...record, plan: withoutDrain }, verdict)
  assert.deepEqual(timeline.gaps, [
    { fromMs: 78_400, toMs: 86_000, why: 'not reached: the run was stopped at 1:18.4' },
  ])
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

test('an instrument that measured nothing is not called sound', () => {
  const example = stoppedEarly()
  assert.deepEqual(pageOf(example).summary[2], ['Instrument', 'not measured'])
  assert.match(consoleText(example.record, example.verdict, { colour: false }), /instrument {4}not measured/)
})

test('evidence of which nothing was recorded is named, so that no link leads nowhere', () => {
  assert.deepEqual(dataOf('met').emptyEvidence, ['evidence/acks.ndjson'])
  assert.deepEqual(pageOf(stoppedEarly()).emptyEvidence, [
    'evidence/load.ndjson',
    'evidence/acks.ndjson',
    'evidence/audits.ndjson',
  ])
})

test('visits that failed in the same way are told in one line', () => {
  const { record, verdict } = exampleRun('met')
  const audits = record.audits.map((visit, index) => ({
    ...visit,
    ...{ metrics: {}, error: index === 0 ? 'the browser closed' : 'no figures within 45 s' },
  }))
  assert.deepEqual(toPageData({ ...record, audits }, verdict).audits[0]?.errors, [
    'visit 1: the browser closed',
    'visits 2, 3, 4, 5 and 6: no figures within 45 s',
  ])
})

test('a command to copy is one word a name, whatever the name holds', () => {
  assert.equal(shellWord('slow-search'), 'slow-search')
  assert.equal(shellWord("a'; rm -r ~ #"), "'a'\\''; rm -r ~ #'")
})

/** The one fault of the example as three, of which the second begins and ends within the first. */
function withThreeFaults({ record, verdict }: Example): Example {
  const journal = record.journal.flatMap((entry): JournalEntry[] => {
    if (!('injection' in entry)) return [entry]
    const [first = 0] = record.journal.flatMap((one) => (one.kind === 'fault-injected' ? [one.atUs] : []))
    const later = (n: number, ms: number): JournalEntry => ({
      ...entry,
      injection: entry.injection.replace(/1$/, String(n)),
      atUs: Math.round(first + ms * 1000 + (entry.atUs - first) / 10),
    })
    return [entry, later(2, 5_000), later(3, 20_000)]
  })
  return { record: { ...record, journal: journal.toSorted((a, b) => a.atUs - b.atUs) }, verdict }
}

test('each of several faults ends with its own undo, and its moments say which it is', () => {
  const { timeline } = pageOf(withThreeFaults(exampleRun('met')))
  assert.deepEqual(
    timeline.faults.map(({ number, fromMs, toMs }) => [number, Math.round(toMs - fromMs)]),
    [
      [1, 30_011],
      [2, 3_001],
      [3, 3_001],
    ],
  )
  const said = timeline.marks.map(({ text }) => text)
  assert.ok(said.includes('fault 2 proven gone') && said.includes('fault 1 undone'), said.join())
  assert.ok(dataOf('met').timeline.marks.some(({ text }) => text === 'undone'))
})

test('an experiment that was run alone is reproduced by chaos run, as long and in the same way', () => {
  const { record, verdict } = exampleRun('met')
  const { plan } = record
  const alone = (more: Partial<RunRecord['plan']>) =>
    toPageData(
      {
        ...record,
        run: { ...record.run, alone: true },
        plan: { ...plan, name: 'kill-order-worker', ...more },
      },
      verdict,
    ).reproduce.run
  assert.match(alone({}), /^npx gauntlet chaos run kill-order-worker --for 30s\b/)
  assert.match(alone({ load: [] }), /^npx gauntlet chaos run kill-order-worker --no-load --for 30s\b/)
  const experiments = plan.experiments.map((one) => ({ ...one, faultOnly: true as const }))
  assert.match(
    alone({ load: [], experiments }),
    /^npx gauntlet chaos run kill-order-worker --fault-only --for 30s\b/,
  )
  assert.match(dataOf('met').reproduce.run, /^npx gauntlet run verify\b/)
})

test('what two guardians did, and both told, is marked once', () => {
  const { record, verdict } = exampleRun('crashed')
  const journal = record.journal.flatMap((entry): JournalEntry[] =>
    'by' in entry ? [entry, entry] : [entry],
  )
  assert.deepEqual(
    toPageData({ ...record, journal }, verdict).timeline.marks,
    dataOf('crashed').timeline.marks,
  )
})

import type { AuditVisit, FactRow, Instrument } from '../../run/evidence.ts'
import type { RunRecord } from '../../run/record.ts'
import type { Run } from '../../run/run.ts'
import type { ObjectiveVerdict, Verdict } from '../../run/verdict.ts'
import { COMPLETED, CRASHED, INTERRUPTED, UNPROVEN, ZERO_US } from './journal.ts'
import { exampleLoad } from './load.ts'
import { EXAMPLE_PLAN } from './plan.ts'
import { EXAMPLE_FAULT, exampleObjectives, exampleVerdict, FINDINGS } from './verdict.ts'

export const STATES = ['met', 'violated', 'inconclusive', 'invalid', 'crashed', 'interrupted'] as const
export type State = (typeof STATES)[number]

export interface Example {
  readonly record: RunRecord
  readonly verdict: Verdict
}

const run: Run = {
  schema: 'gauntlet/run/1',
  id: '20261121-014530-k3f9',
  plan: 'verify',
  startedAtUs: ZERO_US - 4_000_000,
  gauntlet: '0.1.0',
  node: '24.21.0',
  k6: { version: '2.2.0', origin: 'built from the pinned module' },
  machine: { cores: 2, memoryBytes: 8 * 2 ** 30, system: 'Linux 6.1' },
  target: { name: 'plaza', version: '1.0.0' },
  switches: [],
}

const instrument: Instrument = {
  schema: 'gauntlet/instrument/1',
  rows: 205_412,
  unreadableRows: 0,
  gaps: [],
  startLatenessP99Ms: { search: 1.8, coupon: 1.2, order: 0.9 },
  iterations: Object.entries({ search: 10_500, coupon: 4_199, order: 1_051 }).map(
    ([scenario, completed]) => ({
      ...{ scenario, completed, dropped: 0, interrupted: 0, threw: 0 },
    }),
  ),
  generatorExit: 0,
  firstException: null,
}

function visit(number: number): AuditVisit {
  const paintMs = [980.2, 913, 1121, 972.4, 1002.8, 941][number - 1] ?? 980
  return {
    ...{ schema: 'gauntlet/audit/1', audit: 'home', phase: 'pages', visit: number },
    atUs: ZERO_US + (109_260 + number * 9000) * 1000,
    metrics: {
      'largest-contentful-paint': paintMs,
      'first-contentful-paint': paintMs * 0.55,
      'total-blocking-time': 30 + number * 4,
      'cumulative-layout-shift': 0.01,
    },
    ...{ benchmarkIndex: 1840, error: null },
  }
}

const FACT: FactRow = {
  schema: 'gauntlet/fact-row/1',
  fact: 'orders',
  id: 'ord-01j8k2f4',
  doneAtUs: ZERO_US + 30_000_000,
  effects: 1,
  atUs: ZERO_US + 109_200_000,
}

const RECORD: RunRecord = {
  run,
  plan: EXAMPLE_PLAN,
  journal: COMPLETED,
  load: exampleLoad({ seconds: 105, slow: 1, silent: [] }),
  acks: [],
  facts: [FACT],
  audits: [1, 2, 3, 4, 5, 6].map(visit),
  probes: [],
  queries: [],
  instrument,
  complete: true,
  unreadable: [],
}

/** A run in the given state: a record and the verdict that belongs to it, written by hand. */
export function exampleRun(state: State): Example {
  return EXAMPLES[state]()
}

const EXAMPLES: Readonly<Record<State, () => Example>> = {
  met: () => ({ record: RECORD, verdict: exampleVerdict() }),
  violated: () => ({
    record: {
      ...RECORD,
      run: { ...run, switches: ['slow-search', 'lose-orders'] },
      load: exampleLoad({ seconds: 105, slow: 1.87, silent: [] }),
    },
    verdict: exampleVerdict({
      ...{ verdict: 'violated', exitCode: 21, objectives: violatedObjectives() },
      why: 'Search p95 was 341 ms (329–354), over 300 ms; 2 more objectives violated.',
    }),
  }),
  inconclusive: () => ({
    record: { ...RECORD, load: exampleLoad({ seconds: 105, slow: 1.58, silent: [] }) },
    verdict: exampleVerdict({
      ...{ verdict: 'inconclusive', exitCode: 20 },
      why: 'Search p95 was 289 ms (274–306); the interval crosses the 300 ms objective.',
      objectives: exampleObjectives({
        'search-latency': {
          ...{ verdict: 'inconclusive', value: 289.3, low: 274.2, high: 306.1, bad: 277 },
          byPhase: [
            { phase: 'baseline', events: 4400, bad: 194, value: 288.1 },
            { phase: 'recovery', events: 1800, bad: 83, value: 291.7 },
          ],
          badRatio: { allowed: 0.05, value: 0.0446774, low: 0.0397, high: 0.0501 },
          why: 'The interval crosses the limit.',
          needs: { events: 26_000, lengthMs: 260_000 },
        },
      }),
    }),
  }),
  invalid: () => ({
    record: {
      ...RECORD,
      journal: UNPROVEN,
      load: exampleLoad({ seconds: 105, slow: 1, silent: [38, 39] }),
      instrument: { ...instrument, gaps: [{ fromSecond: 38, toSecond: 39 }] },
    },
    verdict: exampleVerdict({
      ...{ verdict: 'invalid', exitCode: 23, findings: [...FINDINGS], objectives: taintedObjectives() },
      why: 'The sample stream has a gap of 2 s, from 0:38 to 0:40, so 3 objectives rest on tainted evidence.',
      faults: [{ ...EXAMPLE_FAULT, proof: 'unproven', confirmedMs: null }],
    }),
  }),
  crashed: () => ({
    record: {
      ...RECORD,
      ...{ journal: CRASHED, audits: [], instrument: null, complete: false },
      load: exampleLoad({ seconds: 72, slow: 1, silent: [] }),
    },
    verdict: exampleVerdict({
      ...{ verdict: 'inconclusive', exitCode: 20, outcome: 'crashed', residue: null, lengthMs: 101_380 },
      ...{ requests: { count: 10_801, perSecond: 150.01 }, objectives: unfinishedObjectives() },
      why: 'The harness was killed; its record ends at 1:12.0, in worker-lost, so no objective could be judged.',
      faults: [{ ...EXAMPLE_FAULT, undoneBy: 'guardian', undoneMs: 100_200, normalMs: 101_380 }],
    }),
  }),
  interrupted: () => ({
    record: {
      ...RECORD,
      ...{ journal: INTERRUPTED, audits: [], load: exampleLoad({ seconds: 78, slow: 1, silent: [] }) },
    },
    verdict: exampleVerdict({
      ...{ verdict: 'inconclusive', exitCode: 22, outcome: 'interrupted', lengthMs: 80_410 },
      ...{ requests: { count: 11_701, perSecond: 150.01 }, objectives: unfinishedObjectives() },
      why: 'Stopped by a person at 1:18.4, in worker-lost. No phase after it was reached.',
      faults: [{ ...EXAMPLE_FAULT, undoneMs: 78_700, normalMs: 79_900 }],
    }),
  }),
}

function violatedObjectives(): ObjectiveVerdict[] {
  const what = 'accepted 1:04.2, not stored after 60 s'
  return exampleObjectives({
    'search-latency': {
      ...{ verdict: 'violated', value: 341.2, low: 329.4, high: 353.8, bad: 694 },
      byPhase: [
        { phase: 'baseline', events: 4400, bad: 488, value: 339.8 },
        { phase: 'recovery', events: 1800, bad: 206, value: 344.6 },
      ],
      badRatio: { allowed: 0.05, value: 0.111935, low: 0.104, high: 0.12 },
      why: '11.2 % of requests took longer than 300 ms; 5 % may.',
    },
    'gateway-latency': {
      ...{ verdict: 'violated', value: 226.4, low: 219.1, high: 234.2, bad: 707 },
      badRatio: { allowed: 0.05, value: 0.0760215, low: 0.0707, high: 0.0816 },
      why: '7.60 % of requests took longer than 200 ms; 5 % may.',
    },
    'orders-not-lost': {
      ...{ verdict: 'violated', value: 3, bad: 3, why: '3 of 1,051 orders were lost.' },
      badRatio: { allowed: 0, value: 0.00285442, low: null, high: null },
      ids: ['ord-01j8k2f6', 'ord-01j8k2fd', 'ord-01j8k2h0'].map((id) => ({ id, what })),
    },
  })
}

function taintedObjectives(): ObjectiveVerdict[] {
  const tainted = { verdict: 'inconclusive' as const, taintedBy: ['stream-gap'] }
  const why = 'It rests on baseline, in which the sample stream has a gap.'
  return exampleObjectives({
    'search-latency': { ...tainted, why },
    'gateway-latency': { ...tainted, why },
    availability: { ...tainted, why },
  })
}

function unfinishedObjectives(): ObjectiveVerdict[] {
  const open = { verdict: 'inconclusive' } as const
  const ratio = { allowed: 0.05, value: null, low: null, high: null }
  const none = {
    ...open,
    value: null,
    low: null,
    high: null,
    events: 0,
    bad: 0,
    badRatio: ratio,
    byPhase: [],
  }
  return exampleObjectives({
    'search-latency': {
      ...{ ...open, why: 'recovery was never reached.', events: 4400, bad: 20 },
      badRatio: { allowed: 0.05, value: 0.00454545, low: 0.00278, high: 0.00701 },
      byPhase: [
        { phase: 'baseline', events: 4400, bad: 20, value: 182.1 },
        { phase: 'recovery', events: 0, bad: 0, value: null },
      ],
    },
    'gateway-latency': {
      ...{ ...open, why: 'recovery was never reached.', events: 6600, bad: 142 },
      badRatio: { allowed: 0.05, value: 0.0215152, low: 0.0181, high: 0.0253 },
    },
    availability: { ...none, why: 'recovery was never reached.' },
    'orders-done': { ...none, why: 'Orders are counted after the load; the run ended before.' },
    'orders-not-lost': { ...none, why: 'Orders are counted after the load; the run ended before.' },
    'home-page': { ...none, why: 'pages was never reached.' },
    'coupon-latency': { ...none, why: 'worker-lost was not finished.' },
  })
}

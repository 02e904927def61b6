import type {
  Ack,
  AuditVisit,
  FactRow,
  Instrument,
  JournalEntry,
  JournalFact,
  LoadOutcome,
  LoadSecond,
  LoadSeries,
  Plan,
  PlannedObjective,
  PlannedPhase,
  RunRecord,
  Target,
} from '../../../reports/run/index.ts'
import { Sketch } from '../../../reports/sketch/index.ts'

export const ZERO_US = 1_795_225_530_000_000

const phase = (
  name: string,
  startS: number,
  lengthS: number,
  more: Partial<PlannedPhase> = {},
): PlannedPhase => ({
  ...{ name, startMs: startS * 1000, durationMs: lengthS * 1000 },
  ...{ judged: true, load: true, experiments: [], audits: [] },
  ...more,
})

const target: Target = {
  schema: 'gauntlet/target/1',
  ...{ name: 'shop', version: '1', addresses: {}, processes: [], links: [] },
  ...{ switches: [], facts: [], logs: [] },
}

const request = { measure: 'request' } as const
const orders = { measure: 'fact', name: 'orders' } as const
const lcp = { measure: 'page', name: 'home/largest-contentful-paint' } as const
const AROUND_FAULT = ['baseline', 'recovery']
const UNDER_LOAD = ['baseline', 'worker-lost', 'recovery']

const planned = (name: string, promised: string, more: Partial<PlannedObjective>): PlannedObjective => ({
  ...{ name, title: name, advisory: false, phases: AROUND_FAULT, evidence: 'sample', total: request },
  ...{ targetRatio: 0.95, promised, noun: 'requests' },
  ...more,
})

export const SEARCH = planned('search', 'p95 < 300 ms', {
  title: 'Search',
  good: { ...request, withinMs: 300 },
})
export const AVAILABLE = planned('available', '99.9 %', {
  ...{
    title: 'API availability',
    phases: UNDER_LOAD,
    good: { ...request, outcome: 'ok' },
    targetRatio: 0.999,
  },
})
export const DONE = planned('done', 'p99 < 60 s', {
  ...{ title: 'Order completion', phases: UNDER_LOAD, noun: 'orders', targetRatio: 0.99 },
  ...{ total: { ...orders, outcome: 'known' }, good: { ...orders, outcome: 'done', withinMs: 60_000 } },
})
export const LOST = planned('lost', '0 of all', {
  ...{ title: 'No order lost', phases: [], evidence: 'census', noun: 'orders' },
  ...{ total: orders, bad: { ...orders, outcome: 'lost' } },
})
export const TWICE: PlannedObjective = { ...LOST, name: 'twice', bad: { ...orders, outcome: 'twice' } }
export const PAGE = planned('page', 'median LCP < 1.5 s', {
  ...{ title: 'Home page', phases: ['pages'], evidence: 'repeats', noun: 'audits', targetRatio: 0.5 },
  ...{ total: lcp, good: { ...lcp, withinMs: 1500 } },
})

export const PLAN: Plan = {
  ...{ schema: 'gauntlet/plan/2', name: 'test', title: 'A test', why: 'To test', seed: 1, target, tools: {} },
  load: [
    {
      ...{ name: 'search', title: 'Search', journey: 'search.k6.ts', journeySha256: '' },
      executor: {
        kind: 'constant-arrival-rate',
        ratePerSecond: 100,
        durationMs: 95_000,
        preAllocatedVus: 10,
      },
      ...{ requestTimeoutMs: 10_000, environment: {} },
    },
  ],
  phases: [
    phase('baseline', 0, 45),
    phase('worker-lost', 45, 30, { experiments: ['kill'] }),
    phase('recovery', 75, 20),
    phase('pages', 155, 60, { load: false, audits: ['home'] }),
  ],
  drain: { atMostMs: 60_000, fact: 'orders' },
  experiments: [
    {
      ...{
        name: 'kill',
        title: 'One order worker killed',
        why: 'To see',
        phase: 'worker-lost',
        hypothesis: [],
      },
      faults: [
        {
          ...{ kind: 'process-kill', manifest: {}, atMs: 0, seed: 7, radius: 'one with app=order-worker' },
          ...{ does: 'process-kill', undo: 'start it', proof: 'gone' },
        },
      ],
      rollbackWithinMs: 30_000,
    },
  ],
  audits: [],
  objectives: [SEARCH, AVAILABLE, DONE, LOST, TWICE, PAGE],
  thresholdsMs: [300],
  atMostMs: 215_000,
}

export const at = (ms: number, fact: JournalFact): JournalEntry => ({
  ...{ schema: 'gauntlet/journal/1', atUs: ZERO_US + ms * 1000 },
  ...fact,
})

const injection = { injection: '20261121-014530-k3f9/kill/1', experiment: 'kill' }
const undo = {
  method: 'PUT',
  url: 'http://127.0.0.1:7399/',
  tokenFile: 't',
  body: {},
  does: 'start it',
} as const

export const JOURNAL: readonly JournalEntry[] = [
  at(0, { kind: 'second-zero' }),
  at(45_000, { kind: 'phase-ended', phase: 'baseline' }),
  at(45_010, {
    ...{ kind: 'fault-injecting', ...injection, undo },
    victims: [{ name: 'order-worker', pid: 4127, startedAt: 7 }],
  }),
  at(45_020, { kind: 'fault-injected', ...injection }),
  at(45_300, { kind: 'fault-confirmed', ...injection, seen: 'pid 4127 gone' }),
  at(75_000, { kind: 'fault-undoing', ...injection, by: 'harness' }),
  at(75_100, { kind: 'fault-undone', ...injection, by: 'harness' }),
  at(75_400, { kind: 'fault-normal', ...injection, by: 'harness', seen: '1 ready' }),
  at(75_410, { kind: 'phase-ended', phase: 'worker-lost' }),
  at(95_000, { kind: 'phase-ended', phase: 'recovery' }),
  at(99_000, { kind: 'drain-ended', open: 0 }),
  at(159_000, { kind: 'phase-ended', phase: 'pages' }),
  at(159_100, { kind: 'residue', found: [] }),
  at(159_110, { kind: 'run-ended', outcome: 'completed' }),
]

export interface Hits {
  readonly name?: string
  readonly outcome?: LoadOutcome
  readonly latenciesMs: readonly number[]
  /** limits with a counter of their own */
  readonly thresholdsMs?: readonly number[]
}

export function series({
  name = 'search',
  outcome = 'ok',
  latenciesMs,
  thresholdsMs = [300],
}: Hits): LoadSeries {
  const sketch = new Sketch()
  for (const ms of latenciesMs) sketch.record(ms)
  const over = thresholdsMs.map((limit) => [limit, latenciesMs.filter((ms) => ms > limit).length])
  return {
    ...{ measure: 'request', scenario: name, name, outcome, count: latenciesMs.length },
    ...{ over: Object.fromEntries(over), sketch: sketch.encode() },
  }
}

export const second = (n: number, ...hits: Hits[]): LoadSecond => ({
  ...{ schema: 'gauntlet/load/1', second: n, series: hits.map(series) },
})

/** `slow` of a hundred requests a second took 400 ms, `failed` of them answered at once with an error. */
export function steadyLoad({ slow = 1, failed = 0, seconds = 95 }): LoadSecond[] {
  const many = (n: number, ms: number): number[] => Array.from({ length: n }, (_, i) => ms + i * 0.1)
  return Array.from({ length: seconds }, (_, n) =>
    second(
      n,
      { latenciesMs: [...many(100 - slow - failed, 90), ...many(slow, 400)] },
      ...(failed === 0 ? [] : [{ outcome: 'bad', latenciesMs: many(failed, 5) } as const]),
    ),
  )
}

/** What became of an order; undefined: the target does not know it. */
export interface Fate {
  readonly doneAfterMs: number | null
  readonly effects: number
}

const GOOD: Fate = { doneAfterMs: 800, effects: 1 }

/** Ten orders a second, all done once unless told otherwise by their number; asked about at `askedMs`. */
export function ordersOf(fate: (n: number) => Fate | undefined = () => GOOD, { askedMs = 160_000 } = {}) {
  const acks = Array.from({ length: 950 }, (_, n): Ack => {
    const dueMs = n * 100
    return {
      ...{ schema: 'gauntlet/ack/1', fact: 'orders', id: `ord-${n}`, scenario: 'order' },
      ...{ atUs: ZERO_US + (dueMs + 50) * 1000, second: Math.floor(dueMs / 1000) },
    }
  })
  const facts = acks.flatMap(({ id, atUs }, n): FactRow[] => {
    const known = fate(n)
    if (known === undefined) return []
    const doneAtUs = known.doneAfterMs === null ? null : atUs + known.doneAfterMs * 1000
    return [
      {
        ...{ schema: 'gauntlet/fact-row/1', fact: 'orders', id, doneAtUs, effects: known.effects },
        atUs: ZERO_US + askedMs * 1000,
      },
    ]
  })
  return { acks, facts }
}

export const visits = (lcpMs: readonly (number | string)[]): AuditVisit[] =>
  lcpMs.map((found, n) => ({
    ...{ schema: 'gauntlet/audit/1', audit: 'home', phase: 'pages', visit: n + 1 },
    ...{ atUs: ZERO_US + (100_000 + n * 9000) * 1000, benchmarkIndex: 1800 },
    metrics: typeof found === 'number' ? { 'largest-contentful-paint': found } : {},
    error: typeof found === 'number' ? null : found,
  }))

export const INSTRUMENT: Instrument = {
  ...{ schema: 'gauntlet/instrument/1', rows: 9500, unreadableRows: 0, gaps: [], startLatenessP99Ms: {} },
  iterations: [{ scenario: 'search', completed: 9500, dropped: 0, interrupted: 0, threw: 0 }],
  ...{ generatorExit: 0, firstException: null },
}

/** A run in which everything was kept; `changes` say what was not. */
export function runWith(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    run: {
      ...{ schema: 'gauntlet/run/1', id: '20261121-014530-k3f9', plan: 'test', startedAtUs: ZERO_US - 1 },
      ...{ gauntlet: '0.1.0', node: '24', machine: { cores: 2, memoryBytes: 1, system: 'Linux' } },
      ...{ target: { name: 'shop', version: '1' }, switches: [] },
    },
    ...{ plan: PLAN, journal: JOURNAL, load: steadyLoad({}), ...ordersOf() },
    ...{ audits: visits([900, 950, 980, 1000, 1010, 1100]), instrument: INSTRUMENT },
    ...{ probes: [], queries: [], complete: true, unreadable: [] },
    ...changes,
  }
}

/** The journal up to a moment, and then these facts. */
export const journalUntil = (ms: number, ...facts: JournalEntry[]): JournalEntry[] => [
  ...JOURNAL.filter(({ atUs }) => atUs <= ZERO_US + ms * 1000),
  ...facts,
]

/** The journal with each entry of one kind replaced. */
export const journalWith = (kind: JournalEntry['kind'], ...facts: JournalFact[]): JournalEntry[] =>
  JOURNAL.flatMap((entry) =>
    entry.kind === kind ? facts.map((fact) => ({ ...at(0, fact), atUs: entry.atUs })) : [entry],
  )

export const INJECTION = injection

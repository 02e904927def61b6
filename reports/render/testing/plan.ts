import type { Plan, PlannedExperiment, PlannedLoad, PlannedObjective, PlannedPhase } from '../../run/plan.ts'

const RATES = { search: 100, coupon: 40, order: 10 } as const
export const SCENARIOS = Object.entries(RATES).map(([name, ratePerSecond]) => ({ name, ratePerSecond }))

const load: PlannedLoad[] = SCENARIOS.map(({ name, ratePerSecond }) => ({
  name,
  title: `Members ${name}`,
  executor: {
    kind: 'constant-arrival-rate',
    ratePerSecond,
    durationMs: 105_000,
    preAllocatedVus: ratePerSecond * 10,
  },
  journey: `scenarios/journeys/${name}.k6.ts`,
  journeySha256: '0'.repeat(64),
  requestTimeoutMs: 10_000,
  environment: {},
}))

function phase(
  name: string,
  startS: number,
  lengthS: number,
  more: Partial<PlannedPhase> = {},
): PlannedPhase {
  const standard = { judged: true, load: true, experiments: [], audits: [] }
  return { name, startMs: startS * 1000, durationMs: lengthS * 1000, ...standard, ...more }
}

/** The drain may take until 2:45; when it ends sooner the pages start sooner. */
const phases: PlannedPhase[] = [
  phase('warm-up', 0, 10, { judged: false }),
  phase('baseline', 10, 45),
  phase('worker-lost', 55, 30, { experiments: ['kill-order-worker'] }),
  phase('recovery', 85, 20),
  phase('pages', 165, 60, { load: false, audits: ['home'] }),
]

const LOAD_PHASES = ['baseline', 'worker-lost', 'recovery']

function objective(
  name: string,
  title: string,
  promised: string,
  more: Partial<PlannedObjective>,
): PlannedObjective {
  return {
    name,
    title,
    promised,
    advisory: false,
    phases: LOAD_PHASES,
    evidence: 'sample',
    total: { measure: 'request' },
    targetRatio: 0.95,
    noun: 'requests',
    ...more,
  }
}

const objectives: PlannedObjective[] = [
  objective('search-latency', 'Search answers in time', 'p95 < 300 ms', {
    phases: ['baseline', 'recovery'],
    total: { measure: 'request', scenario: 'search' },
    good: { measure: 'request', scenario: 'search', withinMs: 300 },
  }),
  objective('gateway-latency', 'The gateway answers in time', 'p95 < 200 ms', {
    phases: ['baseline', 'recovery'],
    good: { measure: 'request', withinMs: 200 },
  }),
  objective('availability', 'Requests succeed', '99.9 %', {
    good: { measure: 'request', outcome: 'ok' },
    targetRatio: 0.999,
  }),
  objective('orders-done', 'Accepted orders are done in 60 s', 'p99 < 60 s', {
    total: { measure: 'fact', name: 'orders' },
    good: { measure: 'fact', name: 'orders', outcome: 'done', withinMs: 60_000 },
    targetRatio: 0.99,
    noun: 'orders',
  }),
  objective('orders-not-lost', 'No accepted order is lost', '0 of all', {
    phases: [],
    evidence: 'census',
    total: { measure: 'fact', name: 'orders' },
    bad: { measure: 'fact', name: 'orders', outcome: 'lost' },
    noun: 'orders',
  }),
  objective('home-page', 'Home page paints fast', 'median LCP < 1.5 s', {
    phases: ['pages'],
    evidence: 'repeats',
    total: { measure: 'page', name: 'largest-contentful-paint', scenario: 'home' },
    good: { measure: 'page', name: 'largest-contentful-paint', scenario: 'home', withinMs: 1500 },
    targetRatio: 0.5,
    noun: 'audits',
  }),
  objective('coupon-latency', 'Coupons open at once', 'p95 < 100 ms', {
    advisory: true,
    total: { measure: 'request', scenario: 'coupon' },
    good: { measure: 'request', scenario: 'coupon', withinMs: 100 },
  }),
]

const experiment: PlannedExperiment = {
  name: 'kill-order-worker',
  title: 'One order worker is killed',
  why: 'A lost worker must not lose an order',
  phase: 'worker-lost',
  hypothesis: [
    {
      name: 'worker-alive',
      probe: { kind: 'process', labels: { app: 'order-worker' }, atLeast: 1 },
      expects: 'at least 1 alive with app=order-worker',
    },
  ],
  faults: [
    {
      kind: 'process-kill',
      manifest: { kind: 'PodChaos' },
      atMs: 0,
      seed: 7,
      radius: 'one of app=order-worker',
      does: 'process-kill, one of 1 process with app=order-worker',
      undo: 'start the process',
      proof: 'processes alive 1, then 0, then 1',
    },
  ],
  rollbackWithinMs: 30_000,
}

/** The plan that PAGES draws, small enough to read. */
export const EXAMPLE_PLAN: Plan = {
  schema: 'gauntlet/plan/2',
  name: 'verify',
  title: 'Plaza keeps its promises with a worker lost',
  why: 'No release may slow search or lose an order',
  seed: 7,
  target: {
    schema: 'gauntlet/target/1',
    name: 'plaza',
    version: '1.0.0',
    addresses: { gateway: 'http://127.0.0.1:7300' },
    processes: [],
    links: [],
    switches: [{ name: 'slow-search' }],
    facts: [{ name: 'orders' }],
    logs: [],
  },
  tools: { k6: { version: '2.2.0', origin: 'built from the pinned module' } },
  load,
  phases,
  drain: { atMostMs: 60_000, fact: 'orders' },
  experiments: [experiment],
  audits: [
    {
      name: 'home',
      title: 'Home page',
      url: 'http://127.0.0.1:7300/',
      preset: 'desktop',
      visits: 6,
      visitTimeoutMs: 30_000,
    },
  ],
  objectives,
  thresholdsMs: [100, 200, 300],
  atMostMs: 225_000,
}

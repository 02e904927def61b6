import type { FaultVerdict, Finding, ObjectiveVerdict, Verdict } from '../../run/verdict.ts'
import { EXAMPLE_PLAN } from './plan.ts'

type Figures = Partial<Omit<ObjectiveVerdict, 'name'>>

/** What the judge would say of one objective of the example plan; `figures` replace what a met run measured. */
function objective(name: string, figures: Figures): ObjectiveVerdict {
  const planned = EXAMPLE_PLAN.objectives.find((one) => one.name === name)
  if (planned === undefined) throw new Error(`no objective ${name} in the example plan`)
  const { title, advisory, evidence: kind, promised, noun, phases } = planned
  return {
    ...{ name, title, advisory, kind, promised, noun, phases, verdict: 'met' },
    ...{ statistic: 'share', suffix: '', independence: null, budget: null },
    better: figures.unit === 'ratio' ? 'higher' : 'lower',
    ...{ unit: 'ms', quantile: 0.95, limit: 300, value: null, low: null, high: null, uncorrected: null },
    ...{ events: 0, bad: 0, badRatio: { allowed: 0.05, value: null, low: null, high: null } },
    ...{ evidence: ['evidence/load.ndjson'], byPhase: [], ids: [], why: '', needs: null, taintedBy: [] },
    ...figures,
  }
}

const SEARCH: Figures = {
  ...{ value: 182.1, low: 176.4, high: 188.7, uncorrected: 181.6, events: 6200, bad: 31 },
  badRatio: { allowed: 0.05, value: 0.005, low: 0.0034, high: 0.00709 },
  byPhase: [
    { phase: 'baseline', events: 4400, bad: 20, value: 181.2 },
    { phase: 'recovery', events: 1800, bad: 11, value: 184.9 },
  ],
}
const GATEWAY: Figures = {
  ...{ limit: 200, value: 163.8, low: 159.6, high: 168.9, uncorrected: 163.2, events: 9300, bad: 200 },
  badRatio: { allowed: 0.05, value: 0.0215054, low: 0.0187, high: 0.0247 },
}
const AVAILABILITY: Figures = {
  ...{ unit: 'ratio', quantile: null, limit: 0.999, value: 0.99993, low: 0.999608, high: 0.999998 },
  ...{
    events: 14_251,
    bad: 1,
    badRatio: { allowed: 0.001, value: 0.0000701705, low: 0.000002, high: 0.000392 },
  },
}
const DONE: Figures = {
  ...{ quantile: 0.99, limit: 60_000, value: 29_400, low: 28_700, high: 31_000, events: 951, bad: 0 },
  ...{ badRatio: { allowed: 0.01, value: 0, low: 0, high: 0.00387 }, evidence: ['evidence/facts.ndjson'] },
}
const LOST: Figures = {
  ...{ unit: 'count', quantile: null, limit: 0, value: 0, events: 1051, bad: 0 },
  ...{ badRatio: { allowed: 0, value: 0, low: null, high: null }, evidence: ['evidence/facts.ndjson'] },
}
const PAGE: Figures = {
  ...{ quantile: 0.5, limit: 1500, value: 980.2, low: 913, high: 1121, events: 6, bad: 0 },
  ...{ badRatio: { allowed: 0.5, value: 0, low: null, high: null }, evidence: ['evidence/audits.ndjson'] },
}
const COUPON: Figures = {
  ...{ verdict: 'violated', limit: 100, value: 104.2, low: 101.3, high: 107.4, events: 3800, bad: 251 },
  ...{ badRatio: { allowed: 0.05, value: 0.0660526, low: 0.0584, high: 0.0744 } },
  why: '6.61 % of requests took longer than 100 ms; 5 % may.',
}

/** verdict.json has them sorted by name. */
export function exampleObjectives(changes: Readonly<Record<string, Figures>> = {}): ObjectiveVerdict[] {
  const met = {
    ...{ 'search-latency': SEARCH, 'gateway-latency': GATEWAY, availability: AVAILABILITY },
    ...{ 'orders-done': DONE, 'orders-not-lost': LOST, 'home-page': PAGE, 'coupon-latency': COUPON },
  }
  return Object.entries(met)
    .map(([name, figures]) => objective(name, { ...figures, ...changes[name] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export const EXAMPLE_FAULT: FaultVerdict = {
  experiment: 'kill-order-worker',
  title: 'One order worker is killed',
  does: 'process-kill, one of 1 process with app=order-worker',
  proof: 'confirmed',
  undo: 'proven gone',
  undoneBy: 'harness',
  injectedMs: 55_020.5,
  confirmedMs: 55_612.3,
  undoneMs: 85_031.8,
  normalMs: 86_218,
  victims: ['order-worker-1 (pid 4127)'],
  impact: [],
  seen: [
    { when: 'before', what: '1 process alive' },
    { when: 'during', what: '0 processes alive' },
    { when: 'after', what: '1 process alive' },
  ],
}

const MET_WHY =
  'All 6 required objectives held, with one order worker killed for 30 s and the home page audited.'

export function exampleVerdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    ...{ schema: 'gauntlet/verdict/1', judge: 1, verdict: 'met', exitCode: 0, outcome: 'completed' },
    ...{ why: MET_WHY, objectives: exampleObjectives(), faults: [EXAMPLE_FAULT], findings: [] },
    ...{ requests: { count: 15_751, perSecond: 150.01 }, lengthMs: 169_410, residue: [], ...changes },
  }
}

export const FINDINGS: readonly Finding[] = [
  {
    kind: 'stream-gap',
    taints: { scope: 'run' },
    why: 'The sample stream has a gap of 2 s, from 0:38 to 0:40.',
    hint: 'stop other work on this machine or lower the rate; run again',
  },
  {
    kind: 'fault-unproven',
    taints: { scope: 'experiment', name: 'kill-order-worker' },
    why: 'kill-order-worker is unproven: 1 process alive, as before.',
    hint: 'see journal.ndjson for what the probe saw',
  },
]

export const finding = (kind: Finding['kind'], taints: Finding['taints'] = { scope: 'run' }): Finding => ({
  ...{ kind, taints },
  ...{ why: 'Why.', hint: 'do' },
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AskableObjective } from '../../../chaos/index.ts'
import type { PlannedObjective, PlannedPhase } from '../../../reports/run/index.ts'
import { AVAILABLE, LOST, PLAN, SEARCH } from '../../../slo/judge/testing/run.ts'
import { askableObjectives, askableSources, guardable } from './askable.ts'

const phase = (name: string, seconds: number, more: Partial<PlannedPhase> = {}): PlannedPhase => ({
  ...{ name, startMs: 0, durationMs: seconds * 1000 },
  ...{ judged: true, load: true, experiments: [], audits: [] },
  ...more,
})

const FAULT = phase('fault', 10, { experiments: ['kill'], judged: false })
const BEFORE = phase('before', 26)
const AFTER = phase('after', 20)
const RECOVERY = phase('recovery', 10, { judged: false })
const WARM_UP = phase('warm-up', 60, { judged: false })
const QUIET = phase('quiet', 60, { load: false })
const OTHER_FAULT = phase('other-fault', 60, { experiments: ['slow'] })

const QUERIED: PlannedObjective = {
  ...SEARCH,
  total: { measure: 'query', name: 'queue_depth', source: 'metrics' },
  good: { measure: 'query', name: 'queue_depth', source: 'metrics', limit: { op: 'lte', value: 10 } },
}
const COMPOSITE: PlannedObjective = { ...SEARCH, members: [] }
const IN_SLICES: PlannedObjective = { ...SEARCH, slices: { lengthMs: 1_000, targetRatio: 0.9 } }

interface Case {
  readonly title: string
  readonly objective?: PlannedObjective
  readonly phases?: PlannedPhase[]
  readonly in?: PlannedPhase
  readonly load?: typeof PLAN.load
  readonly overMs?: number
  /** undefined: it can be asked */
  readonly why?: string
}

const cases: readonly Case[] = [
  { title: 'with judged load for long enough on both sides it can be asked' },
  {
    title: 'a census is known when the run is over',
    objective: LOST,
    why: 'whether lost holds is known only when the run is over',
  },
  {
    title: 'so is what is made of several objectives',
    objective: COMPOSITE,
    why: 'whether search holds is known only when the run is over',
  },
  {
    title: 'and what is counted in slices of time',
    objective: IN_SLICES,
    why: 'whether search holds is known only when the run is over',
  },
  {
    title: 'a plan that drives nothing has nothing to tell',
    load: [],
    why: 'search rests on what the load does, and fault has none',
  },
  {
    title: 'nor has a phase in which the load is off',
    phases: [BEFORE, AFTER, QUIET],
    in: QUIET,
    why: 'search rests on what the load does, and quiet has none',
  },
  { title: 'a data source has numbers without load', objective: QUERIED, load: [], phases: [FAULT] },
  {
    title: 'a stretch that is too short to be judged, of a data source too',
    ...{ objective: QUERIED, overMs: 15_000 },
    why: 'search cannot be decided over 15 s: 16 s are the least',
  },
  {
    title: 'too few events for the promise',
    objective: { ...AVAILABLE, targetRatio: 0.9999 },
    why: 'available cannot be decided over 20 s: it needs 36,887 requests, and gets 2000',
  },
  {
    title: 'before the fault, what is written down late counts too',
    phases: [phase('before', 25), FAULT, AFTER],
    why: 'search over 20 s needs 26 s of judged load before fault, and there are 25 s',
  },
  {
    title: 'a fault in the first phase has no before',
    phases: [FAULT, AFTER],
    why: 'search over 20 s needs 26 s of judged load before fault, and there are 0 ms',
  },
  {
    title: 'a fault in the last phase has no after',
    phases: [BEFORE, FAULT],
    why: 'search over 20 s needs 20 s of judged load after fault, and there are 0 ms',
  },
  {
    title: 'several phases in a row are one stretch',
    phases: [phase('a', 13), phase('b', 13), FAULT, phase('c', 10), phase('d', 10)],
  },
  {
    title: 'what is not judged does not count, before the fault',
    phases: [BEFORE, WARM_UP, FAULT, AFTER],
    why: 'search over 20 s needs 26 s of judged load before fault, and there are 0 ms',
  },
  { title: 'after it, time to recover in is passed over', phases: [BEFORE, FAULT, RECOVERY, AFTER] },
  {
    title: 'once judged again, it must stay so',
    phases: [BEFORE, FAULT, RECOVERY, phase('after', 19), WARM_UP, AFTER],
    why: 'search over 20 s needs 20 s of judged load after fault, and there are 19 s',
  },
  {
    title: 'what another fault bends tells nothing of this one',
    phases: [BEFORE, FAULT, OTHER_FAULT, AFTER],
    why: 'search over 20 s needs 20 s of judged load after fault, and there are 0 ms',
  },
  {
    title: 'a phase without load ends the stretch',
    phases: [BEFORE, FAULT, phase('after', 19), QUIET],
    why: 'search over 20 s needs 20 s of judged load after fault, and there are 19 s',
  },
]

const whyNot = (all: readonly AskableObjective[], overMs: number) => all[0]?.whyNot(overMs)

for (const { title, objective = SEARCH, phases = [BEFORE, FAULT, AFTER], why, ...more } of cases)
  test(`an objective asked by a probe: ${title}`, () => {
    const { load = PLAN.load, overMs = 20_000 } = more
    const refused = whyNot(askableObjectives([objective], { load, phases }, more.in ?? FAULT), overMs)
    assert.equal(refused?.why, why)
    assert.equal(refused === undefined || refused.hint !== '', true)
  })

test('the guard of a plan watches an objective, and does not ask it again and again', () => {
  assert.deepEqual(whyNot(guardable([SEARCH]), 20_000), {
    why: 'a guard asks search by a probe',
    hint: 'watch it: slo: search, with burnRate and for',
  })
})

test('a data source that cannot be read is named with what to do', () => {
  const broken = { name: 'logs', why: 'Splunk is no Prometheus', hint: 'name a Prometheus' }
  const known = { name: 'metrics', type: 'Prometheus', url: 'http://127.0.0.1:9' } as const
  const sources = askableSources(
    new Map<string, typeof broken | typeof known>([
      ['metrics', known],
      ['logs', broken],
    ]),
  )
  assert.deepEqual(sources, [
    { name: 'metrics' },
    {
      name: 'logs',
      whyNot: { why: 'logs cannot be asked: Splunk is no Prometheus', hint: 'name a Prometheus' },
    },
  ])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry, JournalKind } from '../../reports/run/index.ts'
import { judge } from './judge.ts'
import { PLAN, runWith } from './testing/run.ts'

const plan = { ...PLAN, objectives: [], load: [] }
const recorded = runWith().journal
const [experiment = ''] = PLAN.experiments.map(({ name }) => name)
const asked = (when: 'before' | 'after'): JournalEntry => ({
  ...{ schema: 'gauntlet/journal/1', atUs: recorded.at(-1)!.atUs, kind: 'hypothesis' },
  ...{ experiment, when, probe: 'alive', held: true, seen: '1 alive' },
})
const whole = [...recorded, asked('before'), asked('after')]

/** The journal with some facts left out or changed. */
function judged(change: (entry: JournalEntry) => JournalEntry[], complete = true) {
  const { verdict, exitCode, why } = judge(
    runWith({ plan, load: [], complete, journal: whole.flatMap(change) }),
  )
  return { verdict, exitCode, why }
}
const without =
  (...kinds: JournalKind[]) =>
  (entry: JournalEntry) =>
    kinds.includes(entry.kind) ? [] : [entry]

test('a run that promises nothing is met by a fault that was seen, is gone, and left the steady state', () => {
  assert.deepEqual(
    judged((entry) => [entry]),
    {
      ...{ verdict: 'met', exitCode: 0 },
      why: 'Each fault was seen and is proven gone; the steady state held before and after.',
    },
  )
})

test('without faults and objectives nothing is met', () => {
  const none = { ...plan, experiments: [], phases: plan.phases.map((one) => ({ ...one, experiments: [] })) }
  assert.equal(judge(runWith({ plan: none, load: [] })).verdict, 'inconclusive')
})

const lost = (when: 'before' | 'after') => (entry: JournalEntry) => [
  entry.kind === 'hypothesis' && entry.when === when ? { ...entry, held: false } : entry,
]
for (const [what, change, verdict, exitCode] of [
  ['whose effect was not seen', without('fault-confirmed'), 'invalid', 23],
  ['that was never injected', (entry: JournalEntry) => ('injection' in entry ? [] : [entry]), 'invalid', 23],
  ['that was not proven gone', without('fault-normal'), 'inconclusive', 25],
  ['after which nobody asked for the steady state', without('hypothesis'), 'inconclusive', 20],
  ['after which the steady state did not hold', lost('after'), 'inconclusive', 20],
  ['before which the steady state did not hold', lost('before'), 'inconclusive', 20],
] as const)
  test(`a fault ${what} is ${verdict}, exit ${exitCode}`, () => {
    const found = judged(change)
    assert.deepEqual([found.verdict, found.exitCode], [verdict, exitCode])
  })

test('a run that crashed is inconclusive, whatever its journal says', () => {
  assert.equal(judged((entry) => [entry], false).verdict, 'inconclusive')
})

const drill = { ...plan, experiments: plan.experiments.map((one) => ({ ...one, faultOnly: true as const })) }

/** The same run as a drill: who took the fault back, and when a person said that he noticed. */
function drilled(by: 'people' | 'harness', steady = true) {
  const journal = whole.flatMap((entry): JournalEntry[] => {
    if (entry.kind === 'fault-undoing') return by === 'people' ? [] : [entry]
    if (entry.kind === 'fault-undone' || entry.kind === 'fault-normal') return [{ ...entry, by }]
    if (entry.kind === 'hypothesis' && entry.when === 'after') return [{ ...entry, held: steady }]
    const noticed = { ...entry, atUs: entry.atUs + 500_000, kind: 'people-noticed' } as const
    return entry.kind === 'fault-injected'
      ? [entry, { schema: noticed.schema, atUs: noticed.atUs, kind: noticed.kind }]
      : [entry]
  })
  const { verdict, exitCode, why, faults } = judge(runWith({ plan: drill, load: [], journal }))
  return { verdict, exitCode, why, fault: faults[0]! }
}

test('a drill is met when people took the fault back and the steady state held again, and says how long it took', () => {
  const { verdict, exitCode, why, fault } = drilled('people')
  assert.deepEqual([verdict, exitCode, fault.undoneBy], ['met', 0, 'people'])
  const { injectedMs, normalMs, recovery } = fault
  assert.equal(recovery?.noticedMs, 500)
  assert.ok(Math.abs((recovery.goneMs ?? 0) - (normalMs! - injectedMs!)) < 1)
  assert.ok(recovery.steadyMs !== null && recovery.steadyMs >= recovery.goneMs!)
  assert.match(why, /^People recovered: noticed after 500 ms, gone after .*, steady state again after .*\.$/)
})

for (const [what, by, steady, said] of [
  ['that gauntlet had to take back', 'harness', true, /^People did not take .* back in their time/],
  ['after which the steady state did not come', 'people', false, /^The steady state did not hold after/],
] as const)
  test(`a drill ${what} is inconclusive`, () => {
    const { verdict, exitCode, why, fault } = drilled(by, steady)
    assert.deepEqual([verdict, exitCode], ['inconclusive', 20])
    assert.match(why, said)
    assert.equal(fault.recovery?.steadyMs, null)
  })

test('a fault that nobody drilled has no recovery of people', () => {
  assert.equal('recovery' in judge(runWith({ plan, load: [], journal: whole })).faults[0]!, false)
})

test('what was seen of a fault stands in the order in which it was seen, a status check beside it included', () => {
  const check = (entry: JournalEntry): JournalEntry => ({
    ...{ schema: entry.schema, atUs: entry.atUs, kind: 'status-check', experiment },
    ...{ check: 'well', held: true, seen: 'never 3 failures in a row' },
  })
  const journal = whole.flatMap((entry) => (entry.kind === 'fault-undoing' ? [check(entry), entry] : [entry]))
  const [fault] = judge(runWith({ plan, load: [], journal })).faults
  assert.deepEqual(
    fault?.seen.map(({ when }) => when),
    ['before', 'during', 'during', 'after', 'after'],
  )
})

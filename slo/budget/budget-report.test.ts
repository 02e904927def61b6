import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import {
  BudgetReport,
  type GauntletError,
  type LoadSecond,
  type ObjectiveBudget,
  type PlannedObjective,
  type RunRecord,
} from '../../reports/run/index.ts'
import {
  AVAILABLE,
  journalUntil,
  journalWith,
  LOST,
  PLAN,
  runWith,
  SEARCH,
  second,
  steadyLoad,
} from '../judge/testing/run.ts'
import { budgetReport } from './budget-report.ts'
import type { FaultRates } from './fault-rates.ts'

const WINDOW_MS = 28 * 86_400_000
const weekly = { perMonth: 30 / 7, why: 'to test' }
const RATES: FaultRates = new Map([['kill', weekly]])

const over28Days = (objective: PlannedObjective): PlannedObjective => ({ ...objective, windowMs: WINDOW_MS })
const PROMISED = { ...PLAN, objectives: [SEARCH, AVAILABLE].map(over28Days) }

/** A run whose fault comes at 45 s and is gone at 75 s; of each hundred requests 60 fail in these seconds. */
function runOf(failing: { from: number; to: number }, changes: Partial<RunRecord> = {}): RunRecord {
  const load = steadyLoad({ slow: 0 }).map((one) =>
    one.second >= failing.from && one.second < failing.to ? failingSecond(one) : one,
  )
  return runWith({ plan: PROMISED, load, ...changes })
}

const failingSecond = ({ second: n }: LoadSecond): LoadSecond =>
  second(
    n,
    { latenciesMs: Array.from({ length: 40 }, () => 90) },
    { outcome: 'bad', latenciesMs: Array.from({ length: 60 }, () => 5) },
  )

const OTHER_RUN = { ...runWith({}).run, id: '20261121-024530-aaaa' }

const NEVER = { from: 0, to: 0 }
const OUTAGE = { from: 47, to: 59 }

function budgetOf(records: readonly RunRecord[], rates = RATES, name = 'available'): ObjectiveBudget {
  const found = budgetReport(records, { rates, seed: 1 }).objectives.find((one) => one.name === name)
  assert.ok(found)
  return found
}

const killOf = (budget: ObjectiveBudget) => {
  const fault = budget.faults.find(({ experiment }) => experiment === 'kill')
  assert.ok(fault)
  return fault
}

const close = (actual: number | null, expected: number): void =>
  assert.ok(actual !== null && Math.abs(actual / expected - 1) < 1e-4, `${actual} is not ${expected}`)

const refusedWith =
  (code: string, hint: RegExp) =>
  (error: GauntletError): boolean =>
    error.code === code && error.exitCode === 2 && hint.test(error.hint ?? '')

// 60 % of 12 s are 7.2 s; of 28 d at 99.9 % there may be 2,419.2
const COST = 7.2 / 2419.2

test('an outage costs its bad seconds of those that its window allows, four times in 28 days when it is weekly', () => {
  const budget = budgetOf([runOf(OUTAGE)])
  close(killOf(budget).costRatio.value, COST)
  close(budget.spentRatio.value, 4 * COST)
  close(budget.medianSpentRatio, 4 * COST)
  assert.equal(killOf(budget).longestMs, 13_980)
  assert.equal(budget.biggest, 'kill')
  close(killOf(budget).breaksPerMonth, ((1 / COST) * 30) / 28)
})

test('what an average window leaves good lies between what its bounds leave', () => {
  const { spentRatio, goodRatio } = budgetOf([runOf(OUTAGE)])
  close(goodRatio.value, 1 - 0.001 * (spentRatio.value ?? 0))
  close(goodRatio.low, 1 - 0.001 * (spentRatio.high ?? 0))
  close(goodRatio.high, 1 - 0.001 * (spentRatio.low ?? 0))
  assert.ok((goodRatio.low ?? 1) < (goodRatio.value ?? 1) && (goodRatio.value ?? 1) < (goodRatio.high ?? 1))
})

test('what a fault broke after it was gone is its own, and no steady burn', () => {
  const { steady, faults } = budgetOf([runOf({ from: 47, to: 80 })])
  assert.equal(steady.bad, 0)
  close(faults[0]?.costRatio.value ?? null, (0.6 * 33) / 2419.2)
})

test('what is bad without a fault goes on for the whole window', () => {
  const { steady, spentRatio, biggest } = budgetOf([runWith({ plan: PROMISED })], RATES, 'search')
  assert.deepEqual([steady.bad, steady.events], [62, 6200])
  close(spentRatio.value, 0.01 / 0.05)
  assert.equal(biggest, 'steady burn')
})

test('a fault that broke nothing costs nothing, and at most what its counts leave possible', () => {
  const { value, high } = killOf(budgetOf([runOf(NEVER)])).costRatio
  assert.equal(value, 0)
  // none bad of 3,100 in 31 s: 3.69 of them might be
  close(high, ((1 - 0.025 ** (1 / 3100)) * 31) / 2419.2)
})

test('two runs are two incidents, and their average is what is paid', () => {
  const other = OTHER_RUN
  const { faults, spentRatio, steady } = budgetOf([runOf(OUTAGE), runOf(NEVER, { run: other })])
  assert.equal(faults[0]?.incidents, 2)
  close(spentRatio.value, 2 * COST)
  assert.equal(steady.events, 12_400)
})

test('a run that is given twice is one', () => {
  const once = budgetReport([runOf(OUTAGE)], { rates: RATES, seed: 1 })
  assert.deepEqual(budgetReport([runOf(OUTAGE), runOf(OUTAGE)], { rates: RATES, seed: 1 }), once)
})

test('the order of the runs does not show, and a seed gives the same bytes', () => {
  const other = runOf(NEVER, { run: OTHER_RUN })
  const bytes = (...records: RunRecord[]) => JSON.stringify(budgetReport(records, { rates: RATES, seed: 3 }))
  assert.equal(bytes(other, runOf(OUTAGE)), bytes(runOf(OUTAGE), other))
})

const LONG = { slow: 0, seconds: 95 }

test('with sound evidence and little spent the budget is said to last, at the upper bounds', () => {
  const { answer, why } = budgetOf([runOf(NEVER)])
  assert.equal(answer, 'within')
  assert.match(why[0] ?? '', /^An average window spends 59\.5 % at most\.$/)
})

test('a steady burn far beyond what is allowed is beyond the budget in every window', () => {
  const { answer, lastsRatio } = budgetOf([
    runWith({ plan: PROMISED, load: steadyLoad({ ...LONG, failed: 5 }) }),
  ])
  assert.deepEqual([answer, lastsRatio], ['beyond', 0])
})

test('between the bounds it is inconclusive, and said what would narrow them', () => {
  const { answer, why } = budgetOf([runOf(OUTAGE)], new Map([['kill', { perMonth: 60, why: 'to test' }]]))
  assert.equal(answer, 'inconclusive')
  assert.match(why[0] ?? '', /may spend .* to .*: more drills of kill would tell more\.$/)
})

const [kill] = PLAN.experiments
const WITH_BLACKOUT = {
  ...PROMISED,
  experiments: [
    ...PLAN.experiments,
    ...(kill === undefined ? [] : [{ ...kill, name: 'blackout', phase: 'later' }]),
  ],
}
const BOTH: FaultRates = new Map([...RATES, ['blackout', weekly]])

test('an experiment of the plan without an incident is missing, and leaves it open however little is spent', () => {
  const { answer, why } = budgetOf([runOf(NEVER, { plan: WITH_BLACKOUT })], BOTH)
  assert.equal(answer, 'inconclusive')
  assert.deepEqual(why, ['No incident of blackout was measured.'])
})

test('one that is said never to happen is not missed', () => {
  const never = new Map([...RATES, ['blackout', { perMonth: 0, why: 'to test' }]])
  assert.equal(budgetOf([runOf(NEVER, { plan: WITH_BLACKOUT })], never).answer, 'within')
})

test('an outage that was not over when its run ended leaves it open', () => {
  const { answer, why, faults } = budgetOf([runOf({ from: 47, to: 95 })])
  assert.equal(answer, 'inconclusive')
  assert.equal(faults[0]?.open, 1)
  assert.match(why.join(' '), /What kill costs is not known: it was not over when its run ended\./)
})

test('a run with tainted evidence is left out, and alone it is refused: nothing is to be said', () => {
  const tainted = runOf(OUTAGE, { journal: journalWith('fault-confirmed') })
  assert.throws(() => budgetOf([tainted]), refusedWith('NOTHING_MEASURED', /gauntlet list/))
  assert.throws(
    () => budgetOf([tainted]),
    /No incident of kill was measured\. 1 run left out: the evidence is tainted$/,
  )
  const { steady, why } = budgetOf([tainted, runOf(NEVER, { run: OTHER_RUN })])
  assert.equal(steady.events, 6200)
  assert.match(why.join(' '), /1 run left out: the evidence is tainted\./)
})

test('without an incident of each fault no window is simulated, and of the average only its lower bound is known', () => {
  const budget = budgetOf([runOf(OUTAGE, { plan: WITH_BLACKOUT })], BOTH)
  const { medianSpentRatio, p95SpentRatio, lastsRatio, spentRatio, goodRatio, biggest } = budget
  assert.deepEqual([medianSpentRatio, p95SpentRatio, lastsRatio, biggest], [null, null, null, null])
  assert.deepEqual(
    [spentRatio.value, spentRatio.high, goodRatio.value, goodRatio.low],
    [null, null, null, null],
  )
  close(spentRatio.low, killOf(budget).spentRatio.low ?? 0)
  assert.equal(killOf(budget).breaksPerMonth, null)
})

test('with nothing measured outside of faults no window is simulated, though what a fault cost is known', () => {
  const load = runOf(OUTAGE).load.filter(({ second }) => second >= 44 && second < 77)
  const budget = budgetOf([runOf(OUTAGE, { load })])
  assert.deepEqual([budget.steady.events, budget.lastsRatio, budget.p95SpentRatio], [0, null, null])
  close(killOf(budget).costRatio.value, COST)
  assert.match(budget.why.join(' '), /^Nothing was measured without a fault\./)
})

test('a fault that was not seen to act is no incident, though what came before it is sound', () => {
  const early = PROMISED.objectives.map((one) => ({ ...one, phases: ['baseline'] }))
  const changes = { journal: journalWith('fault-confirmed'), plan: { ...PROMISED, objectives: early } }
  const { steady, faults, why } = budgetOf([runOf(OUTAGE, changes)])
  assert.deepEqual([steady.events, faults[0]?.incidents], [4400, 0])
  assert.deepEqual(why, ['No incident of kill was measured.'])
})

test('a crashed run is refused', () =>
  assert.throws(
    () => budgetOf([runOf(NEVER, { complete: false })]),
    refusedWith('RUN_CRASHED', /leave it out/),
  ))

test('a run whose fault comes in two phases is refused: what one of them cost cannot be told', () => {
  const again = { ...PROMISED.phases[1]!, name: 'lost-again' }
  assert.throws(
    () => budgetOf([runOf(OUTAGE, { plan: { ...PROMISED, phases: [...PROMISED.phases, again] } })]),
    refusedWith('INJECTED_TWICE', /two experiments/),
  )
})

test('a run that a person stopped tells what it saw', () => {
  const stopped = [{ ...journalUntil(0)[0]!, kind: 'run-ended', outcome: 'interrupted' } as const]
  const budget = budgetOf([runOf(OUTAGE, { journal: journalUntil(95_000, ...stopped) })])
  close(killOf(budget).costRatio.value, COST)
})

test('a fault without a rate is refused, with the nearest name that has one', () =>
  assert.throws(
    () => budgetOf([runOf(NEVER)], new Map([['kil', weekly]])),
    refusedWith('NO_RATE', /nearest: kil; .*--rate kill=1\/week/),
  ))

test('rates of what is in no plan are named, not counted', () => {
  const { notDrilled, objectives } = budgetReport([runOf(NEVER)], { rates: BOTH, seed: 1 })
  assert.deepEqual(notDrilled, ['blackout'])
  assert.deepEqual(
    objectives[0]?.faults.map(({ experiment }) => experiment),
    ['kill'],
  )
})

test('without a window there is nothing to say, unless one is assumed', () => {
  const record = runOf(NEVER, { plan: PLAN })
  assert.throws(() => budgetOf([record]), refusedWith('NO_WINDOW', /--window 28d; .* runs made since/))
  assert.throws(() => budgetOf([record]), /promise over no window: available, done and search$/)
  const { objectives, leftOut } = budgetReport([record], { rates: RATES, seed: 1, windowMs: WINDOW_MS })
  assert.deepEqual(
    objectives.map(({ name }) => name),
    ['available', 'done', 'search'],
  )
  assert.deepEqual(
    leftOut.map(({ objective }) => objective),
    ['lost', 'page', 'twice'],
  )
})

test('runs whose objectives count no share have no budget, whatever window is assumed', () => {
  const record = runOf(NEVER, { plan: { ...PLAN, objectives: [LOST] } })
  assert.throws(
    () => budgetReport([record], { rates: RATES, seed: 1, windowMs: WINDOW_MS }),
    refusedWith('NO_BUDGET', /a census/),
  )
})

test('a census over a window is left out: it has no budget', () => {
  const plan = {
    ...PLAN,
    objectives: [...PROMISED.objectives, over28Days(LOST), { ...SEARCH, name: 'no-window' }],
  }
  assert.deepEqual(budgetReport([runOf(NEVER, { plan })], { rates: RATES, seed: 1 }).leftOut, [
    { objective: 'lost', why: 'One bad member breaks it: there is no budget to spend.' },
    { objective: 'no-window', why: 'It is promised over no window.' },
  ])
})

test('one name with two promises is refused, one that is asked of other phases is not', () => {
  const other = (change: Partial<PlannedObjective>): RunRecord =>
    runOf(NEVER, {
      run: OTHER_RUN,
      plan: { ...PROMISED, objectives: PROMISED.objectives.map((one) => ({ ...one, ...change })) },
    })
  assert.throws(
    () => budgetOf([runOf(NEVER), other({ targetRatio: 0.9 })]),
    refusedWith('PROMISES_DIFFER', /one version/),
  )
  assert.equal(budgetOf([runOf(NEVER), other({ phases: ['recovery'] })]).answer, 'within')
})

test('a drill of another plan tells of an objective that only the first one names', () => {
  const plan = { ...PROMISED, objectives: PROMISED.objectives.filter(({ name }) => name === 'search') }
  const drill = runOf(OUTAGE, { plan, run: OTHER_RUN })
  const quiet = runOf(NEVER, { plan: { ...PROMISED, experiments: [], phases: PLAN.phases.slice(0, 1) } })
  assert.equal(killOf(budgetOf([quiet, drill])).incidents, 1)
})

test('a run in which nothing was counted is refused: its budget would look as if it lasted', () =>
  assert.throws(
    () => budgetOf([runWith({ plan: PROMISED, load: [], acks: [], facts: [] })]),
    refusedWith('NOTHING_MEASURED', /judged/),
  ))

test('the document has the shape of its schema whatever the runs are like, with no NaN and no infinity in it', () => {
  const shape = Compile(BudgetReport)
  const records = [runOf(OUTAGE), runOf({ from: 0, to: 95 }), runOf(NEVER, { plan: WITH_BLACKOUT })]
  for (const record of records) {
    const report: unknown = JSON.parse(JSON.stringify(budgetReport([record], { rates: BOTH, seed: 1 })))
    assert.deepEqual([...shape.Errors(report)], [])
  }
})

test('a fault that comes more often never leaves more of the budget', () => {
  const record = runOf(OUTAGE)
  const at = (perMonth: number) => budgetOf([record], new Map([['kill', { perMonth, why: 'to test' }]]))
  const rate = fc.double({ min: 0, max: 1000, noNaN: true })
  fc.assert(
    fc.property(rate, rate, (one, other) => {
      const [few, many] = [at(Math.min(one, other)), at(Math.max(one, other))]
      assert.ok((few.spentRatio.value ?? 0) <= (many.spentRatio.value ?? 0))
      assert.ok((few.p95SpentRatio ?? 1) <= (many.p95SpentRatio ?? 0))
      assert.ok((few.lastsRatio ?? 0) >= (many.lastsRatio ?? 1))
    }),
    { numRuns: 25 },
  )
})

test('with no fault ever and nothing bad nothing is spent', () => {
  const budget = budgetOf([runOf(OUTAGE)], new Map([['kill', { perMonth: 0, why: 'to test' }]]))
  const { spentRatio, p95SpentRatio, lastsRatio, biggest } = budget
  assert.deepEqual([spentRatio.value, p95SpentRatio, lastsRatio, biggest], [0, 0, 1, null])
})

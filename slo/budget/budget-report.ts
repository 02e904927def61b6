import {
  type BudgetReport,
  GauntletError,
  type ObjectiveBudget,
  type PlannedObjective,
  type RunRecord,
} from '../../reports/run/index.ts'
import { list } from '../../reports/run/words/words.ts'
import { rounded } from '../judge/encode.ts'
import { experienceOf, type Promised } from './experience.ts'
import type { FaultRates } from './fault-rates.ts'
import { objectiveBudget } from './objective-budget.ts'
import { ratedExperiments } from './rated.ts'
import { judgeAll, promisesOf } from './runs.ts'
import { WINDOWS } from './simulate.ts'

export interface BudgetRequest {
  readonly rates: FaultRates
  readonly seed: number
  /** of objectives that are promised over none; left out, these are left out */
  readonly windowMs?: number
}

/** What a window of weeks costs of each objective's budget: a function of these records, rates and seed alone. */
export function budgetReport(
  records: readonly RunRecord[],
  { rates, seed, windowMs }: BudgetRequest,
): BudgetReport {
  const promises = promisesOf(records, windowMs)
  const runs = judgeAll(records, promises)
  const rated = ratedExperiments(plannedExperiments(records), rates)
  const budgeted = promises.filter(isPromised)
  if (budgeted.length === 0) throw noBudget(promises.filter(isShare))
  const objectives = budgeted.map((objective) =>
    objectiveBudget(
      objective,
      runs.map((run) => experienceOf(objective, run)),
      { rates: rated, seed },
    ),
  )
  refuseUnmeasured(objectives)
  return rounded<BudgetReport>({
    schema: 'gauntlet/budget/1',
    runs: runs.map(({ record }) => record.run.id),
    simulated: { windows: WINDOWS, seed },
    objectives,
    leftOut: promises
      .filter((objective) => !isPromised(objective))
      .map((objective) => ({ objective: objective.name, why: whyLeftOut(objective) })),
    notDrilled: [...rates.keys()].filter((experiment) => !rated.has(experiment)).sort(),
  })
}

/** A part of one budget is something to say. */
function refuseUnmeasured(objectives: readonly ObjectiveBudget[]): void {
  if (objectives.some(isMeasured)) return
  const why = [...new Set(objectives.flatMap((objective) => objective.why))].join(' ')
  throw new GauntletError('NOTHING_MEASURED', `no error budget can be told: ${why.replace(/\.$/, '')}`, {
    hint: 'give a run that was judged; gauntlet list shows which were',
  })
}

/** Of these objectives, which would have a budget if only they were promised over a window. */
function noBudget(shares: readonly PlannedObjective[]): GauntletError {
  const names = list(shares.map(({ name }) => name))
  return shares.length === 0
    ? new GauntletError('NO_BUDGET', 'no objective of these runs counts a share of bad events', {
        hint: 'a census, a mean, a trend and a composite have no budget to spend: give a run with another objective',
      })
    : new GauntletError('NO_WINDOW', `the plans of these runs promise over no window: ${names}`, {
        hint: 'assume one: --window 28d; a timeWindow that is in their SLO by now counts only for runs made since',
      })
}

const isMeasured = ({ steady, faults }: ObjectiveBudget): boolean =>
  steady.events > 0 || faults.some(({ incidents }) => incidents > 0)

const plannedExperiments = (records: readonly RunRecord[]): string[] =>
  [...new Set(records.flatMap(({ plan }) => plan.experiments.map(({ name }) => name)))].sort()

/** Whether it has a budget of bad events, which lasts for a window. */
function isPromised(objective: PlannedObjective): objective is Promised {
  return objective.windowMs !== undefined && isShare(objective)
}

const isShare = ({ evidence, statistic = 'share', members, slices }: PlannedObjective): boolean =>
  evidence === 'sample' &&
  statistic === 'share' &&
  members === undefined &&
  (slices === undefined || slices.targetRatio !== undefined)

function whyLeftOut(objective: PlannedObjective): string {
  if (objective.evidence === 'census') return 'One bad member breaks it: there is no budget to spend.'
  if (!isShare(objective)) return 'It does not count a share of bad events, so it has no budget to spend.'
  return 'It is promised over no window.'
}

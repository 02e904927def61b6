import {
  type BudgetReport,
  GauntletError,
  type ObjectiveBudget,
  type PlannedObjective,
  type RunRecord,
} from '../../reports/run/index.ts'
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
  if (budgeted.length === 0)
    throw new GauntletError(
      'NO_WINDOW',
      'no objective of these runs promises a share of events over a window',
      {
        hint: 'name a timeWindow in its SLO, or assume one: --window 28d',
      },
    )
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

import type { BudgetFault, Estimate, ObjectiveBudget } from '../../reports/run/index.ts'
import { allowedRatio } from '../judge/decide.ts'
import { answerOf } from './answer.ts'
import { each, totalOf } from './estimates.ts'
import type { Experience, Promised } from './experience.ts'
import type { FaultRates } from './fault-rates.ts'
import { breaksPerMonth, type FaultSpending, faultSpending } from './fault-spending.ts'
import { type Simulated, simulateWindows, summarize } from './simulate.ts'
import { steadyBurn } from './steady-burn.ts'

export interface BudgetOptions {
  /** of all experiments that are counted */
  readonly rates: FaultRates
  readonly seed: number
}

/** What a window costs of one objective's budget; null stands for a run whose evidence is spoilt. */
export function objectiveBudget(
  objective: Promised,
  runs: readonly (Experience | null)[],
  { rates, seed }: BudgetOptions,
): ObjectiveBudget {
  const { name, title, promised, noun, windowMs, targetRatio } = objective
  const sound = runs.filter((run) => run !== null)
  const { figures: steady, refusal } = steadyBurn(objective, samplesOf(sound))
  const spendings = [...rates].map(([experiment, rate]) =>
    faultSpending({ experiment, rate, windowMs }, incidentsOf(experiment, sound)),
  )
  const spentRatio = totalOf([steady.spentRatio, ...spendings.map(({ fault }) => fault.spentRatio)])
  const spentInAllRatio = spentRatio.value
  const faults = spendings.map(({ fault }) => ({
    ...fault,
    breaksPerMonth: breaksPerMonth(fault, { spentInAllRatio, windowMs }),
  }))
  const spoilt = runs.length - sound.length
  return {
    ...{ name, title, promised, noun, windowMs, targetRatio },
    ...answerOf({ refusal, steady: steady.spentRatio, faults, spentRatio, spoilt }),
    ...{ steady, faults, spentRatio, goodRatio: goodRatioOf(spentRatio, allowedRatio(objective)) },
    ...simulated(steady.spentRatio.value, spendings, seed),
    biggest: spentRatio.value === null ? null : biggestOf(steady.spentRatio, faults),
  }
}

/** Windows in which a part of the spending is left out would say that the budget lasts because nobody looked. */
function simulated(
  steadyRatio: number | null,
  spendings: readonly FaultSpending[],
  seed: number,
): Pick<ObjectiveBudget, keyof Simulated> {
  if (steadyRatio === null || spendings.some(({ fault }) => fault.spentRatio.value === null))
    return { medianSpentRatio: null, p95SpentRatio: null, lastsRatio: null }
  return summarize(simulateWindows({ steadyRatio, faults: spendings.map(({ costs }) => costs) }, { seed }))
}

const samplesOf = (runs: readonly Experience[]) => runs.map(({ steady }) => steady)

const incidentsOf = (experiment: string, runs: readonly Experience[]) =>
  runs
    .flatMap(({ incidents }) => incidents)
    .filter((one) => one.experiment === experiment)
    .map(({ incident }) => incident)

/** What spends much leaves little that is good: the bounds change places. */
function goodRatioOf(spentRatio: Estimate, allowed: number): Estimate {
  const { value, low, high } = each(spentRatio, (spent) => Math.max(0, 1 - spent * allowed))
  return { value, low: high, high: low }
}

function biggestOf(steady: Estimate, faults: readonly BudgetFault[]): string | null {
  const parts = [
    { name: 'steady burn', spent: steady.value ?? 0 },
    ...faults.map(({ experiment, spentRatio }) => ({ name: experiment, spent: spentRatio.value ?? 0 })),
  ]
  const [biggest] = parts.filter(({ spent }) => spent > 0).sort((a, b) => b.spent - a.spent)
  return biggest?.name ?? null
}

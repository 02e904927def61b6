import { GauntletError, nearestHint } from '../../reports/run/index.ts'
import type { FaultRates } from './fault-rates.ts'

/** The rate of each of these experiments, by name; one without a rate is refused. */
export function ratedExperiments(experiments: readonly string[], rates: FaultRates): FaultRates {
  const unrated = experiments.find((experiment) => !rates.has(experiment))
  if (unrated !== undefined)
    throw new GauntletError('NO_RATE', `how often ${unrated} happens is not known`, {
      hint: `${nearestHint(unrated, [...rates.keys()])}; give it by --rate ${unrated}=1/week, or in a file by --rates`,
    })
  return new Map(
    experiments.flatMap((experiment) => {
      const rate = rates.get(experiment)
      return rate === undefined ? [] : [[experiment, rate] as const]
    }),
  )
}

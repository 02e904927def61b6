import type { PlannedLoad, RateStage } from './plan.ts'

/** The rate at which iterations are due; undefined in a closed model, where nothing is due at a known time. */
export function rateStages({ executor }: PlannedLoad): readonly RateStage[] | undefined {
  switch (executor.kind) {
    case 'constant-arrival-rate': {
      const { ratePerSecond, durationMs } = executor
      return [{ fromPerSecond: ratePerSecond, toPerSecond: ratePerSecond, durationMs }]
    }
    case 'script':
      return executor.stages
    default:
      return executor satisfies never
  }
}

/** The rate from beginning to end; undefined when it changes, or nobody set one. */
export function steadyRatePerSecond(load: PlannedLoad): number | undefined {
  const [first, second] = rateStages(load) ?? []
  if (first === undefined || second !== undefined) return undefined
  return first.fromPerSecond === first.toPerSecond ? first.fromPerSecond : undefined
}

/** The most virtual users that it has at once. */
export function mostVus({ executor }: PlannedLoad): number {
  return executor.kind === 'script' ? executor.maxVus : executor.preAllocatedVus
}

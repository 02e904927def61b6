import type { PlannedLoad } from '../../../reports/run/plan.ts'
import { execName } from './entry.ts'
import { toWholeRate } from './stream/whole-rate.ts'

/** Longer than any request may take, so that a request in flight at the end is still answered or times out. */
const GRACE_MS = 5_000

/** The name of a scenario in k6's own options and samples. */
export const nameInK6 = ({ name, executor }: PlannedLoad): string =>
  executor.kind === 'script' ? executor.scenario : name

/** k6's `options`, for `--config`. A script brings its own. */
export function toK6Options(loads: readonly PlannedLoad[]) {
  const scenarios = loads.flatMap((load) => {
    const { executor } = load
    return executor.kind === 'script' ? [] : [[load.name, toK6Scenario(load, executor)] as const]
  })
  return { scenarios: Object.fromEntries(scenarios) }
}

type ConstantArrivalRate = Extract<PlannedLoad['executor'], { kind: 'constant-arrival-rate' }>

function toK6Scenario({ name, requestTimeoutMs, environment }: PlannedLoad, executor: ConstantArrivalRate) {
  const { rate, seconds } = toWholeRate(executor.ratePerSecond)
  return {
    executor: executor.kind,
    exec: execName(name),
    rate,
    timeUnit: `${seconds}s`,
    duration: `${executor.durationMs}ms`,
    preAllocatedVUs: executor.preAllocatedVus,
    maxVUs: executor.preAllocatedVus,
    gracefulStop: `${requestTimeoutMs + GRACE_MS}ms`,
    env: environment,
  }
}

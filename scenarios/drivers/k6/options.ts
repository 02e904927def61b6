import type { PlannedLoad } from '../../../reports/run/plan.ts'
import { execName } from './entry.ts'
import { toWholeRate } from './whole-rate.ts'

/** Longer than any request may take, so that a request in flight at the end is still answered or times out. */
const GRACE_MS = 5_000

/** k6's `options`, for `--config`. */
export function toK6Options(loads: readonly PlannedLoad[]) {
  return { scenarios: Object.fromEntries(loads.map((load) => [load.name, toK6Scenario(load)])) }
}

function toK6Scenario({ name, executor, requestTimeoutMs, environment }: PlannedLoad) {
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

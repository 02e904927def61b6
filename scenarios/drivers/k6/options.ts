import type { PlannedLoad } from '../../../reports/run/plan.ts'
import { execName } from './entry.ts'

/** Longer than any request may take, so that a request in flight at the end is still answered or times out. */
const GRACE_MS = 5_000

/** k6's `options`, for `--config`. */
export function toK6Options(loads: readonly PlannedLoad[]) {
  return { scenarios: Object.fromEntries(loads.map((load) => [load.name, toK6Scenario(load)])) }
}

function toK6Scenario({ name, executor, requestTimeoutMs, environment }: PlannedLoad) {
  return {
    executor: executor.kind,
    exec: execName(name),
    ...toWholeRate(executor.ratePerSecond),
    duration: `${executor.durationMs}ms`,
    preAllocatedVUs: executor.preAllocatedVus,
    maxVUs: executor.preAllocatedVus,
    gracefulStop: `${requestTimeoutMs + GRACE_MS}ms`,
    env: environment,
  }
}

/** k6 takes whole rates only: 0.5 a second is 1 in 2 s, to a thousandth of an iteration. */
function toWholeRate(ratePerSecond: number): { readonly rate: number; readonly timeUnit: string } {
  for (const seconds of [1, 2, 5, 10, 100, 1000])
    if (Number.isInteger(ratePerSecond * seconds))
      return { rate: ratePerSecond * seconds, timeUnit: `${seconds}s` }
  return { rate: Math.max(1, Math.round(ratePerSecond * 1000)), timeUnit: '1000s' }
}

import type { BlockSchedule, PlannedLoad, SideName } from '../../../reports/run/index.ts'
import { execName } from '../../../scenarios/drivers/k6/entry.ts'
import { toWholeRate, type WholeRate } from '../../../scenarios/drivers/k6/stream/whole-rate.ts'
import { blocksOf } from './schedule.ts'

/** A scenario of the plan with a constant arrival rate, on one side. */
export interface SideLoad {
  /** its name in k6: `search-head` */
  readonly name: string
  readonly side: SideName
  readonly planned: PlannedLoad
  readonly rate: WholeRate
  readonly virtualUsers: number
}

/** Undefined for a load whose rate is not constant: its blocks would not be alike. */
export function sideLoad(side: SideName, planned: PlannedLoad): SideLoad | undefined {
  const { executor } = planned
  if (executor.kind !== 'constant-arrival-rate') return undefined
  const rate = toWholeRate(executor.ratePerSecond)
  return { name: `${planned.name}-${side}`, side, planned, rate, virtualUsers: executor.preAllocatedVus }
}

/** Longer than any request may take, so that a request in flight at the end is still answered or times out. */
const GRACE_MS = 5_000

/** k6's `options`: each scenario once for each side, on in its own blocks and off in the other's. */
export function blockedOptions(loads: readonly SideLoad[], schedule: BlockSchedule) {
  return { scenarios: Object.fromEntries(loads.map((load) => [load.name, blockedScenario(load, schedule)])) }
}

function blockedScenario({ name, side, planned, rate, virtualUsers }: SideLoad, schedule: BlockSchedule) {
  return {
    executor: 'ramping-arrival-rate',
    exec: execName(name),
    startRate: 0,
    timeUnit: `${rate.seconds}s`,
    stages: blocksOf(schedule).flatMap((block) => stagesOf(block.side === side ? rate.rate : 0, schedule)),
    preAllocatedVUs: virtualUsers,
    maxVUs: virtualUsers,
    gracefulStop: `${planned.requestTimeoutMs + GRACE_MS}ms`,
    env: planned.environment,
  }
}

/** A stage of no length jumps to its target. */
function stagesOf(rate: number, { blockMs, loadMs }: BlockSchedule) {
  if (rate === 0) return [{ duration: `${blockMs}ms`, target: 0 }]
  return [
    { duration: '0s', target: rate },
    { duration: `${loadMs}ms`, target: rate },
    { duration: '0s', target: 0 },
    { duration: `${blockMs - loadMs}ms`, target: 0 },
  ]
}

import {
  GauntletError,
  type PlannedFault,
  type Target,
  type TargetProcess,
  type Victim,
} from '../../reports/run/index.ts'
import { plannedFault } from '../planning/planned-fault.ts'

/** What a fault may hit. Which of it is drawn when it is injected: whatever can be drawn must be allowed. */
export interface Reach {
  readonly victims: readonly Victim[]
  /** as many as it can hit at once */
  readonly mostAtOnce: number
}

/** Aims as the run will, with every draw there is, at a target of which everything runs. */
export function reachOf(fault: PlannedFault, target: Target): Reach {
  const all = { ...target, processes: target.processes.map(running) }
  const draws = Math.max(1, target.processes.length, target.links.length)
  const drawn = Array.from({ length: draws }, (_, seed) => aimed(fault, all, seed))
  const victims = new Map(drawn.flat().map((victim) => [nameOf(victim), victim]))
  return { victims: [...victims.values()], mostAtOnce: Math.max(0, ...drawn.map(({ length }) => length)) }
}

/** A standing description tells no pids: they are not known before it runs. */
const running = (process: TargetProcess, n: number): TargetProcess => ({
  ...process,
  pid: process.pid ?? n + 2,
  startedAt: process.startedAt ?? 0,
})

/** Nothing to hit is nothing to forbid: the plan refuses it by itself. */
function aimed(fault: PlannedFault, target: Target, seed: number): Victim[] {
  try {
    return plannedFault(fault)
      .aim(target, seed)
      .map(({ victim }) => victim)
  } catch (error) {
    if (error instanceof GauntletError) return []
    throw error
  }
}

const nameOf = (victim: Victim): string => `${'pid' in victim ? 'process' : victim.kind} ${victim.name}`

/** The processes of the target that it may hit. */
export function processesOf({ victims }: Reach, target: Target): TargetProcess[] {
  const names = new Set(victims.filter((one) => 'pid' in one).map(({ name }) => name))
  return target.processes.filter(({ name }) => names.has(name))
}

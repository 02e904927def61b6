import {
  type FaultImpact,
  type FaultVerdict,
  type PhaseWindow,
  phaseWindows,
  type RunRecord,
  type Verdict,
} from '../../reports/run/index.ts'
import { loadEndMs } from '../judge/moments.ts'

/** A fault and what it did to one objective, from its injection until it was off and the objective kept again. */
export interface Felt {
  readonly fault: FaultVerdict
  readonly impact: FaultImpact
  readonly window: PhaseWindow
}

/** It broke the objective, which was not kept again before the record ended, or before the next fault. */
export const isOpen = ({ events, recoverMs }: FaultImpact): boolean => events > 0 && recoverMs === null

/** Of the faults that were injected while this objective had events. */
export function faultsFelt(objective: string, record: RunRecord, { faults }: Verdict): Felt[] {
  return faults.flatMap((fault) => {
    const impact = fault.impact.find((one) => one.objective === objective)
    const { injectedMs, normalMs } = fault
    if (impact === undefined || injectedMs === null) return []
    const untilMs = Math.min(loadEndMs(record), ...nextInjectionsMs(injectedMs, faults))
    const keptMs = isOpen(impact) ? untilMs : injectedMs + (impact.recoverMs ?? 0)
    const window = {
      phase: fault.experiment,
      fromSecond: Math.floor(injectedMs / 1000),
      toSecond: Math.ceil(Math.max(keptMs, Math.min(normalMs ?? untilMs, untilMs)) / 1000),
    }
    return [{ fault, impact, window: { ...window, delayed: false, faulted: true } }]
  })
}

const nextInjectionsMs = (afterMs: number, faults: readonly FaultVerdict[]): number[] =>
  faults.flatMap(({ injectedMs }) => (injectedMs !== null && injectedMs > afterMs ? injectedMs : []))

/** The phases without faults, less the time in which one before them was still felt. */
export function quietWindows(
  phases: readonly string[],
  { plan, journal }: RunRecord,
  felt: readonly Felt[],
): PhaseWindow[] {
  const quiet = phaseWindows(plan, journal).filter(({ phase, faulted }) => {
    const planned = plan.phases.find(({ name }) => name === phase)
    return !faulted && planned?.judged === true && planned.load
  })
  const own = quiet.filter(({ phase }) => phases.includes(phase))
  return felt.reduce(
    (left, { window }) => left.flatMap((one) => without(one, window)),
    own.length > 0 ? own : quiet,
  )
}

/** What is left of a window before and after another one. */
function without(window: PhaseWindow, { fromSecond, toSecond }: PhaseWindow): PhaseWindow[] {
  const before = { ...window, toSecond: Math.min(window.toSecond, fromSecond) }
  const after = { ...window, fromSecond: Math.max(window.fromSecond, toSecond) }
  return [before, after].filter((one) => one.fromSecond < one.toSecond)
}

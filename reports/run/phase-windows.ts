import type { JournalEntry } from './journal.ts'
import type { Plan, PlannedPhase } from './plan.ts'
import { zeroUs } from './second-zero.ts'

/** The whole seconds of a run whose events belong to a phase: from the first, up to but without the last. */
export interface PhaseWindow {
  readonly phase: string
  readonly fromSecond: number
  readonly toSecond: number
  /** a fault before it was not gone when it should have begun */
  readonly delayed: boolean
  /** the plan injects a fault in it */
  readonly faulted: boolean
}

type FaultEntry = Extract<JournalEntry, { readonly injection: string }>

interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Phases as the plan has them, except around a fault: its phase begins 1 s before the injection, and ends when the
 * probe reads normal again and 1 s after the undo. The neighbours give way, so that no second is in two or none.
 */
export function phaseWindows(plan: Plan, journal: readonly JournalEntry[]): PhaseWindow[] {
  const stretches = plan.phases.map((phase) => stretchOf(phase, plan, journal))
  return plan.phases.map((phase, n) => {
    const own = stretches[n]!
    const isFault = (_: Stretch, m: number): boolean => plan.phases[m]!.experiments.length > 0
    const before = stretches.slice(0, n).filter(isFault)
    const after = stretches.filter((stretch, m) => m > n && isFault(stretch, m))
    const fromMs = Math.min(own.toMs, Math.max(own.fromMs, ...before.map((fault) => fault.toMs)))
    const toMs = Math.max(fromMs, Math.min(own.toMs, ...after.map((fault) => fault.fromMs)))
    return {
      phase: phase.name,
      fromSecond: fromMs / 1000,
      toSecond: toMs / 1000,
      delayed: fromMs > own.fromMs,
      faulted: phase.experiments.length > 0,
    }
  })
}

/** In whole seconds; a fault that is not known to be gone lasts to the end of the plan. */
function stretchOf(phase: PlannedPhase, plan: Plan, journal: readonly JournalEntry[]): Stretch {
  const plannedMs = phase.startMs + phase.durationMs
  const planned = { fromMs: phase.startMs, toMs: Math.min(plannedMs, endedMs(phase, journal)) }
  const fault = faultMoments(phase, journal)
  if (fault === undefined) return planned
  const endOfPlanMs = endMsOf(plan)
  const overMs =
    fault.normalMs === undefined ? endOfPlanMs : Math.max(fault.normalMs, (fault.undoneMs ?? 0) + 1000)
  return {
    fromMs: Math.max(0, Math.min(planned.fromMs, 1000 * Math.floor(fault.injectedMs / 1000 - 1))),
    toMs: Math.min(Math.max(planned.toMs, 1000 * Math.ceil(overMs / 1000)), latestEndMs(plan)),
  }
}

/** A load that counts its iterations ends its phase when it is over, perhaps long before the plan's end of it. */
function endedMs({ name, load }: PlannedPhase, journal: readonly JournalEntry[]): number {
  const zero = zeroUs(journal)
  const ended = journal.find((entry) => entry.kind === 'phase-ended' && entry.phase === name)
  if (!load || zero === undefined || ended === undefined) return Number.POSITIVE_INFINITY
  return 1000 * Math.ceil(Math.round((ended.atUs - zero) / 1000) / 1000)
}

const LONGEST_UNDO_MS = 3_600_000

/** What a record says of later is damage, or a clock that jumped by years. */
export const latestEndMs = (plan: Plan): number => endMsOf(plan) + LONGEST_UNDO_MS

const endMsOf = ({ phases }: Plan): number =>
  Math.max(...phases.map(({ startMs, durationMs }) => startMs + durationMs))

/** From the first injection to the last word on any; a word that one of them lacks was not said. */
function faultMoments({ experiments }: PlannedPhase, journal: readonly JournalEntry[]) {
  const zero = zeroUs(journal)
  const entries = journal.filter(
    (entry): entry is FaultEntry => 'injection' in entry && experiments.includes(entry.experiment),
  )
  const injected = entries.filter(({ kind }) => kind === 'fault-injected')
  if (zero === undefined || injected[0] === undefined) return undefined
  const lastMs = (kind: JournalEntry['kind']): number | undefined => {
    const said = entries.filter((entry) => entry.kind === kind)
    const isSaidOfAll = injected.every((one) => said.some(({ injection }) => injection === one.injection))
    const last = said.at(-1)
    return last && isSaidOfAll ? (last.atUs - zero) / 1000 : undefined
  }
  return {
    injectedMs: (injected[0].atUs - zero) / 1000,
    undoneMs: lastMs('fault-undone'),
    normalMs: lastMs('fault-normal'),
  }
}

import { type PlannedPhase, parseDuration } from '../../../reports/run/index.ts'
import type { PlanFile } from '../../config/plan-file.ts'
import type { Complaints } from './complaints.ts'

/** A judged phase shorter than this cannot be cut into the 16 batches of a design effect (JUDGING, rule 4). */
export const SHORTEST_JUDGED_MS = 16_000
/** After a fault a phase counts only from the first whole second in which the undo is proven. */
const SHORTEST_AFTER_FAULT_MS = 18_000
/** 15 s on top of the load: k6 waits that long for requests in flight. */
const LOAD_GRACE_MS = 15_000

/** The phases on one time line; those after the load's end come after the longest drain. */
export function plannedPhases({ phases, drain }: PlanFile['spec']): PlannedPhase[] {
  let startMs = 0
  const planned: PlannedPhase[] = []
  for (const phase of phases) {
    const load = phase.load ?? true
    const afterLoad = !load && (planned.at(-1)?.load ?? false)
    if (afterLoad) startMs += parseDuration(drain?.atMost ?? '') ?? 0
    const durationMs = parseDuration(phase.for) ?? 0
    planned.push({
      name: phase.name,
      startMs,
      durationMs,
      judged: phase.judged ?? true,
      load,
      experiments: phase.experiments ?? [],
      audits: phase.audits ?? [],
    })
    startMs += durationMs
  }
  return planned
}

/** Second 0 to the load's end. */
export function loadLengthMs(phases: readonly PlannedPhase[]): number {
  return phases.filter((one) => one.load).reduce((sum, one) => sum + one.durationMs, 0)
}

/** The most that phases placed in time can take; those after the load come after the longest drain already. */
export function longestMs(phases: readonly PlannedPhase[], drainMs: number): number {
  const last = phases.at(-1)
  if (last === undefined) return 0
  const endMs = last.startMs + last.durationMs
  return last.load ? endMs + LOAD_GRACE_MS + drainMs : endMs + LOAD_GRACE_MS
}

export function checkPhases(
  phases: readonly PlannedPhase[],
  complaints: Complaints,
  { allowShort }: { allowShort: boolean },
): void {
  const seen = new Set<string>()
  const faults = new Set<string>()
  let loadIsOver = false
  for (const [n, phase] of phases.entries()) {
    const path = ['spec', 'phases', n] as const
    if (seen.has(phase.name)) complaints.add([...path, 'name'], `a second phase "${phase.name}"`)
    seen.add(phase.name)
    if (phase.durationMs % 1000 !== 0)
      complaints.add([...path, 'for'], 'phases last whole seconds', 'round it, such as 45s')
    if (phase.load && loadIsOver)
      complaints.add([...path, 'load'], 'the load cannot start again', 'put the phases without load last')
    loadIsOver ||= !phase.load
    const afterFault = (phases[n - 1]?.experiments.length ?? 0) > 0
    const leastMs = afterFault ? SHORTEST_AFTER_FAULT_MS : SHORTEST_JUDGED_MS
    if (phase.judged && !allowShort && phase.durationMs < leastMs)
      complaints.add(
        [...path, 'for'],
        `${phase.durationMs / 1000} s is too short to judge${afterFault ? ' after a fault' : ''}`,
        `at least ${leastMs / 1000}s, or judged: false, or --allow-undecidable`,
      )
    for (const name of phase.experiments) {
      if (faults.has(name))
        complaints.add([...path, 'experiments'], `a second use of the experiment "${name}"`)
      faults.add(name)
    }
  }
}

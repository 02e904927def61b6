import type { FaultImpact, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { allowedRatio } from './decide.ts'
import { secondsIn, windowOf } from './seconds-in.ts'
import { ALPHA, type Counts, isBroken } from './statistics/bad-ratio.ts'
import { totalOf } from './statistics/design-effect.ts'
import { eProcess } from './statistics/e-process.ts'

/** Recovered is what then stays kept for so long (as a prober asks for five successes in a row, JUDGING rule 14). */
const KEPT_FOR_SECONDS = 5

/** From an injection to what came next: another injection, or the end of the load. In ms from second 0. */
export interface Aftermath {
  /** when the fault before it was over; 0 for the first */
  readonly sinceMs: number
  readonly injectedMs: number
  /** when its probe read normal again; what breaks long after that is not the fault's */
  readonly normalMs: number | null
  readonly untilMs: number
}

/**
 * What a fault did to the objectives that count events second by second, whether its phase is one of theirs or not:
 * when a guard would have seen it, when it was over, and what it cost of the promise's budget.
 */
export function impactOf(
  aftermath: Aftermath,
  objectives: readonly PlannedObjective[],
  record: RunRecord,
): FaultImpact[] {
  return objectives
    .filter(({ evidence, statistic = 'share' }) => evidence === 'sample' && statistic === 'share')
    .flatMap((objective) => impactOn(objective, aftermath, record))
    .sort((a, b) => (a.objective < b.objective ? -1 : 1))
}

function impactOn(
  objective: PlannedObjective,
  { sinceMs, injectedMs, normalMs, untilMs }: Aftermath,
  record: RunRecord,
): FaultImpact[] {
  const window = windowOf(injectedMs, untilMs)
  const { seconds, atomMs } = secondsIn(window, objective, record)
  if (seconds.length === 0) return []
  const allowed = allowedRatio(objective)
  const broken = brokenSeconds(seconds, allowed)
  const ownSeconds = ((normalMs ?? untilMs) - injectedMs) / atomMs + KEPT_FOR_SECONDS
  if (broken.indexOf(true) > ownSeconds) broken.fill(false)
  const recovered = recoveredAfter(broken)
  const lasted = seconds.slice(0, recovered ?? (broken.includes(true) ? seconds.length : 0))
  const { events, bad } = totalOf(lasted)
  const atMs = (seconds: number): number => window.fromSecond * 1000 + seconds * atomMs - injectedMs
  return [
    {
      objective: objective.name,
      events,
      bad,
      detectMs: detectedAfter(objective, { sinceMs, injectedMs, untilMs }, record),
      recoverMs: recovered === null ? null : Math.max(0, atMs(recovered)),
      budgetSpentRatio: spentOf(objective, { events, bad, lengthMs: lasted.length * atomMs }),
    },
  ]
}

/** So many bad events in a row cannot be chance: allowedⁿ < α. */
const fewestBroken = (allowed: number): number => Math.max(2, Math.ceil(Math.log(ALPHA) / Math.log(allowed)))

/** Second by second; at low rates as many seconds are taken together as hold events enough to tell. */
function brokenSeconds(seconds: readonly Counts[], allowed: number): boolean[] {
  const broken = seconds.map(() => false)
  let from = 0
  for (let to = 1; to <= seconds.length; to += 1) {
    const together = totalOf(seconds.slice(from, to))
    if (together.events < fewestBroken(allowed)) continue
    if (isBroken(together, allowed)) broken.fill(true, from, to)
    from = to
  }
  return broken
}

/** Of a guard that watches since the load began, or since the fault before this one was over. */
export function detectedAfter(
  objective: PlannedObjective,
  { sinceMs, injectedMs, untilMs }: Pick<Aftermath, 'sinceMs' | 'injectedMs' | 'untilMs'>,
  record: RunRecord,
): number | null {
  const window = windowOf(sinceMs, untilMs)
  const { seconds, atomMs } = secondsIn(window, objective, record)
  const guard = eProcess(allowedRatio(objective))
  const alarmed = seconds.findIndex((second) => guard.add(second))
  const afterMs = window.fromSecond * 1000 + (alarmed + 1) * atomMs - injectedMs
  return alarmed === -1 || afterMs < 0 ? null : afterMs
}

/** How many seconds passed until the last of a fault's broken ones; null when none was, or it was not kept again. */
function recoveredAfter(broken: readonly boolean[]): number | null {
  const first = broken.indexOf(true)
  if (first === -1) return null
  for (let at = first + 1; at + KEPT_FOR_SECONDS <= broken.length; at += 1)
    if (!broken.slice(at, at + KEPT_FOR_SECONDS).includes(true)) return at
  return null
}

/** bad ÷ (rate · window · allowed), at the rate of events during it. */
function spentOf(
  { windowMs, targetRatio }: PlannedObjective,
  { events, bad, lengthMs }: Readonly<Record<'events' | 'bad' | 'lengthMs', number>>,
): number | null {
  if (windowMs === undefined) return null
  return events === 0 ? 0 : ((bad / events) * lengthMs) / (windowMs * (1 - targetRatio))
}

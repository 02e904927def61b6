import {
  clock,
  count,
  duration,
  type ObjectiveGuard,
  type PlannedObjective,
  percent,
  threeFigures,
} from '../../../reports/run/index.ts'
import { allowedRatio } from '../../../slo/judge/decide.ts'
import type { Counts } from '../../../slo/judge/statistics/bad-ratio.ts'
import { burnRate, leastBurnRate } from '../../../slo/judge/statistics/burn-rate.ts'
import { totalOf } from '../../../slo/judge/statistics/design-effect.ts'
import { eProcess } from '../../../slo/judge/statistics/e-process.ts'

/** What became known in a second of the run: events that were due earlier and ended late are among them. */
export interface KnownSecond extends Counts {
  readonly second: number
}

/** Is told one second after the other; says what makes it alarm, in words, or nothing. */
export type Alarm = (second: KnownSecond) => string | undefined

export function alarmOf({ burnRate: limit, forMs = 0 }: ObjectiveGuard, objective: PlannedObjective): Alarm {
  return limit === undefined ? whenViolated(objective) : whenBurning(limit, forMs, objective)
}

/** What is shown of an alarm that no length of time belongs to. */
const SHOWN_SECONDS = 60

/** JUDGING, rule 7. */
function whenViolated(objective: PlannedObjective): Alarm {
  const allowed = allowedRatio(objective)
  const evidence = eProcess(allowed)
  const shown = lately(SHOWN_SECONDS)
  return (second) => {
    const recent = shown(second)
    if (!evidence.add(second)) return undefined
    return `${badOf(recent, objective)}, and ${percent(allowed)} may be`
  }
}

/**
 * JUDGING, rule 12: over the whole length of time. The bound keeps single bad events from alarming; looked at each second
 * and of events that come in bursts it proves nothing.
 */
function whenBurning(limit: number, forMs: number, objective: PlannedObjective): Alarm {
  const { targetRatio } = objective
  const lengthSeconds = Math.max(1, Math.ceil(forMs / 1000))
  const window = lately(lengthSeconds)
  return (second) => {
    const recent = window(second)
    const isWhole = recent.seconds === lengthSeconds
    if (!isWhole || (leastBurnRate(recent, targetRatio) ?? 0) < limit) return undefined
    const rate = threeFigures(burnRate(recent, targetRatio) ?? 0)
    return `burn rate ${rate} over ${duration(lengthSeconds * 1000)}: ${badOf(recent, objective)}`
  }
}

interface Recent extends Counts {
  /** the newest one */
  readonly second: number
  /** how far it reaches back: fewer than asked for at first */
  readonly seconds: number
}

/** The sum of the last so many seconds; one in which nothing happened counts too. */
function lately(lengthSeconds: number): (second: KnownSecond) => Recent {
  let first: number | undefined
  let kept: KnownSecond[] = []
  return (newest) => {
    const { second } = newest
    first ??= second
    kept = [...kept, newest].filter((one) => one.second > second - lengthSeconds)
    return {
      ...totalOf(kept),
      second,
      seconds: Math.min(lengthSeconds, second - first + 1),
    }
  }
}

function badOf({ events, bad, second, seconds }: Recent, { noun }: PlannedObjective): string {
  const [from, to] = [clock((second + 1 - seconds) * 1000), clock((second + 1) * 1000)]
  return `${count(bad)} of ${count(events)} ${noun} were bad from ${from} to ${to}`
}

import type { RateStage } from '../../../../reports/run/plan.ts'

/** Stages whose iterations add up to a whole number may miss it by the rounding of doubles. */
const ROUNDING = 1e-9

interface Stage {
  readonly startSeconds: number
  readonly seconds: number
  /** at its beginning, in iterations a second */
  readonly rate: number
  /** its change, in iterations a second, each second */
  readonly slope: number
  /** iterations due before it, and until its end */
  readonly before: number
  readonly until: number
}

/**
 * When the iterations of an open model are due. The rate goes from one end of a stage to the other in a straight line,
 * and the n-th iteration (from 1) is due when the rate, added up from the start, reaches n. So it stands in k6
 * (`RampingArrivalRateConfig`), and a constant rate is one stage. In a stage of rate r and slope s, c iterations before it:
 *
 *     r·x + s·x²/2 = n − c        x = 2(n − c) / (r + √(r² + 2s(n − c)))
 *
 * in the form of the root that does not cancel where the slope is small.
 */
export class DueTimes {
  /** from the start of the scenario to its first iteration */
  readonly firstSeconds: number
  readonly lengthSeconds: number
  /** how many are due in all */
  readonly count: number
  readonly #stages: readonly Stage[]

  constructor(stages: readonly RateStage[]) {
    this.#stages = addUp(stages)
    this.lengthSeconds = stages.reduce((sum, { durationMs }) => sum + durationMs / 1000, 0)
    const most = this.#stages.at(-1)?.until ?? 0
    this.count = Math.floor(most + ROUNDING * most)
    this.firstSeconds = this.#at(1) ?? this.lengthSeconds
  }

  /** Since the first iteration, the one after so many others, in whole nanoseconds; undefined beyond the end. */
  afterFirstUs(earlier: number): number | undefined {
    const seconds = this.#at(earlier + 1)
    return seconds === undefined ? undefined : Math.round((seconds - this.firstSeconds) * 1e9) / 1000
  }

  #at(n: number): number | undefined {
    const stage = this.#stages.find(({ until }) => n <= until + ROUNDING * n)
    if (stage === undefined) return undefined
    const { startSeconds, seconds, rate, slope } = stage
    const own = Math.max(0, n - stage.before)
    const root = Math.sqrt(Math.max(0, rate * rate + 2 * slope * own))
    return startSeconds + (own === 0 ? 0 : Math.min(seconds, (2 * own) / (rate + root)))
  }
}

function addUp(stages: readonly RateStage[]): Stage[] {
  let [startSeconds, before] = [0, 0]
  return stages.map(({ fromPerSecond, toPerSecond, durationMs }) => {
    const seconds = durationMs / 1000
    const until = before + ((fromPerSecond + toPerSecond) / 2) * seconds
    const slope = seconds === 0 ? 0 : (toPerSecond - fromPerSecond) / seconds
    const stage = { startSeconds, seconds, rate: fromPerSecond, slope, before, until }
    startSeconds += seconds
    before = until
    return stage
  })
}

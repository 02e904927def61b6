import type { Instrument } from '../../../../reports/run/evidence.ts'
import type { StartsOfSecond } from './start-lateness.ts'

type Second = NonNullable<Instrument['seconds']>[number]
type Seen = Omit<Second, keyof StartsOfSecond> & { readonly second: number }

/** Where the harness looks at itself from. */
export interface Vantage {
  /** the run's clock */
  readonly nowUs: () => number
  /** the system's clock, which may step */
  readonly wallMs: () => number
  /** how long the load generator has waited for a processor; null when nobody tells */
  readonly schedulerDelayMs: () => number | null
}

/** k6 hands over its samples this often (saveInterval): so old is a row that comes in time. */
const SAVE_INTERVAL_MS = 200
/** A stamp that is hours ahead of the one before it would pass as many seconds at once. */
const MOST_AT_ONCE = 3_600
/** The system's clock counts whole milliseconds, and is held to the right time by a little. */
const UNSTEADY_MS = 2

const NO_STARTS = { starts: 0, lateStarts: 0, startLatenessP99Ms: null }
const UNSEEN = { runQueueRatio: null, lagMs: 0, clockStepMs: 0 }

interface Look {
  readonly nowUs: number
  /** of the system's clock from the run's */
  readonly offsetMs: number
  readonly delayMs: number | null
}

/** What the harness sees of itself, once a second of the stream. */
export class SelfWatch {
  readonly #vantage: Vantage
  readonly #seen: Seen[] = []
  #last: Look | undefined

  constructor(vantage: Vantage) {
    this.#vantage = vantage
  }

  /** Second 0 begins. */
  start(): void {
    this.#last = this.#look()
  }

  /** The first row of a new second was read: the seconds from `from` until before `to` have passed. */
  passed({
    from,
    to,
    rowAtUs,
  }: {
    readonly from: number
    readonly to: number
    readonly rowAtUs: number
  }): void {
    const [last, now] = [this.#last, this.#look()]
    this.#last = now
    if (last === undefined) return
    const stepMs = Math.round(now.offsetMs - last.offsetMs)
    const seen = {
      runQueueRatio: ratioOf(last, now),
      lagMs: Math.max(0, Math.round((now.nowUs - rowAtUs) / 1000) - SAVE_INTERVAL_MS),
      clockStepMs: Math.abs(stepMs) > UNSTEADY_MS ? stepMs : 0,
    }
    const until = Math.min(to, from + MOST_AT_ONCE)
    for (let second = from; second < until; second += 1) this.#seen.push({ second, ...seen })
  }

  /** Each second that passed, with its starts; and the last one, in which the stream ended before it had passed. */
  seconds(starts: readonly StartsOfSecond[]): Second[] {
    const startsOf = new Map(starts.map((one) => [one.second, one]))
    const passed = this.#seen.map((seen) => ({ ...NO_STARTS, ...startsOf.get(seen.second), ...seen }))
    const next = (this.#seen.at(-1)?.second ?? -1) + 1
    const last = startsOf.get(next)
    return last === undefined ? passed : [...passed, { ...UNSEEN, ...last }]
  }

  #look(): Look {
    const { nowUs, wallMs, schedulerDelayMs } = this.#vantage
    const now = nowUs()
    return { nowUs: now, offsetMs: wallMs() - now / 1000, delayMs: schedulerDelayMs() }
  }
}

function ratioOf(last: Look, now: Look): number | null {
  const elapsedMs = (now.nowUs - last.nowUs) / 1000
  if (last.delayMs === null || now.delayMs === null || elapsedMs <= 0) return null
  // A thread that ended takes its share with it.
  return Number((Math.max(0, now.delayMs - last.delayMs) / elapsedMs).toFixed(4))
}

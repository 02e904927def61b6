import { randomOf } from '../../../../chaos/drivers/local/proxy/random.ts'
import {
  type Distribution,
  distributionOf,
} from '../../../../chaos/drivers/local/proxy/toxics/distribution.ts'
import type { Bench, Claim } from '../../bench-model.ts'
import { quantileOf, roundTripsMs } from './probe.ts'
import type { Scene } from './scene.ts'

/** How long a series of round trips with the delay takes, if the delay allows. */
const SERIES_MS = 10_000

/**
 * The worse of p50 and p95 of round trips with the delay, beside the same of round trips as far apart without it, against
 * what was asked for; 1 is all that is allowed: max(1 ms, 2 %).
 */
export function delayIsTrue(delayMs: number, scene: () => Scene): Claim {
  return {
    title: `delay of ${delayMs} ms: error ÷ what is allowed`,
    unit: '',
    goal: { atMost: 1 },
    measure: async (tell) => {
      const count = Math.max(80, Math.min(1000, SERIES_MS / delayMs)) // one bad moment must not be a twentieth of them
      const { usualMs, slowMs } = await slowedBy({ latency: delayMs }, { scene: scene(), count })
      const added = (rank: number) => quantileOf(slowMs, rank) - quantileOf(usualMs, rank)
      const [p50Ms, p95Ms] = [added(0.5), added(0.95)]
      tell(`${delayMs} ms asked, added ${p50Ms.toFixed(3)} ms at p50, ${p95Ms.toFixed(3)} ms at p95`)
      const errorMs = Math.max(Math.abs(p50Ms - delayMs), Math.abs(p95Ms - delayMs))
      return errorMs / Math.max(1, 0.02 * delayMs)
    },
  }
}

interface Jitter {
  readonly distribution: Distribution
  /** P(x ≤ z), mean 0; uniform between −1 and 1, the others with deviation 1 */
  readonly below: (z: number) => number
}

const LATENCY_MS = 40
const JITTER_MS = 8
/** Kolmogorov's distribution: √n·D is above this in 1 % of samples that do follow it. */
const CRITICAL = 1.628

let seed = 0

export function jitterFollows({ distribution, below }: Jitter, scene: () => Scene): Claim {
  return {
    title: `${distribution} jitter: Kolmogorov–Smirnov's √n·D ÷ its 1 % point`,
    unit: '',
    goal: { atMost: 1 },
    measure: async (tell) => {
      const attributes = { latency: LATENCY_MS, jitter: JITTER_MS, distribution, seed: ++seed }
      const { usualMs, slowMs } = await slowedBy(attributes, { scene: scene(), count: 400 })
      // a delay comes on top of what a round trip takes anyway, which varies too
      const expected = (ms: number) =>
        mean(usualMs.map((usual) => below((ms - usual - LATENCY_MS) / JITTER_MS)))
      const distance = distanceTo(expected, slowMs)
      tell(`${distribution}: the farthest apart ${distance.toFixed(4)}, of ${slowMs.length} delays`)
      return (distance * Math.sqrt(slowMs.length)) / CRITICAL
    },
  }
}

const DRAWS = 20_000

/** What is drawn, before any clock is late: seeded, so it holds or it does not. */
export function drawsFollow({ distribution, below }: Jitter): NonNullable<Bench['checks']>[number] {
  return {
    title: `${distribution} jitter as drawn: Kolmogorov–Smirnov's √n·D ÷ its 1 % point, at most 1`,
    run: () => {
      const draw = distributionOf(distribution, randomOf('bench', distribution))
      const distance = distanceTo(below, Array.from({ length: DRAWS }, draw))
      const figure = (distance * Math.sqrt(DRAWS)) / CRITICAL
      return { holds: figure <= 1, found: `${figure.toFixed(3)} of ${DRAWS} draws` }
    },
  }
}

interface Slowed {
  readonly usualMs: readonly number[]
  readonly slowMs: readonly number[]
}

/**
 * Round trips without and with a latency toxic, equally far apart: after a pause each of four programs has to be woken,
 * which takes longer than when they are busy.
 */
async function slowedBy(
  attributes: { readonly latency: number },
  { scene: { ours, port }, count }: { readonly scene: Scene; readonly count: number },
): Promise<Slowed> {
  const usualMs = await roundTripsMs(port, { count, pauseMs: attributes.latency })
  await ours.send('POST', '/proxies/echo/toxics', { name: 'slow', type: 'latency', attributes })
  const slowMs = await roundTripsMs(port, { count, pauseMs: 0 })
  await ours.send('DELETE', '/proxies/echo/toxics/slow')
  return { usualMs, slowMs }
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

/** Kolmogorov's D: the farthest that the share of values below any point is from what it should be. */
export function distanceTo(below: (z: number) => number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  return Math.max(...sorted.map((z, i) => Math.max((i + 1) / n - below(z), below(z) - i / n)))
}

export const JITTERS: readonly Jitter[] = [
  { distribution: 'uniform', below: (z) => Math.min(1, Math.max(0, (z + 1) / 2)) },
  { distribution: 'normal', below: normalBelow },
  { distribution: 'pareto', below: (z) => 1 - Math.max(1, 1.5 + z * Math.sqrt(0.75)) ** -3 },
]

/** Abramowitz and Stegun 26.2.17, right to 7.5e-8. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  const sum = series.reduceRight((rest, factor) => t * (factor + rest), 0)
  const tail = (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * sum
  return z > 0 ? 1 - tail : tail
}

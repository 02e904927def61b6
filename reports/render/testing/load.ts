import type { LoadSecond, LoadSeries } from '../../run/load.ts'
import { SCENARIOS } from './plan.ts'

/** How the made-up platform behaves. */
export interface LoadShape {
  /** seconds of load that were recorded */
  readonly seconds: number
  /** factor on every latency */
  readonly slow: number
  /** seconds the stream was silent in: no line at all */
  readonly silent: readonly number[]
}

const BASE_MS = { search: 90, coupon: 45, order: 60 } as const

/** Sparse sketch: exponent and 8 bits of mantissa of the float64, as reports/sketch has it. */
function sketchOf(latenciesMs: readonly number[]): number[] {
  const counts = new Map<number, number>()
  const view = new DataView(new ArrayBuffer(8))
  for (const ms of latenciesMs) {
    view.setFloat64(0, ms)
    const index = view.getUint32(0) >>> 12
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => a - b).flat()
}

/** The same numbers in every run of the tests: a linear congruence (Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function series(scenario: string, count: number, latenciesMs: number[], bad: boolean): LoadSeries {
  const over = Object.fromEntries(
    [100, 200, 300].map((ms) => [ms, latenciesMs.filter((latency) => latency > ms).length]),
  )
  const outcome = bad ? 'bad' : 'ok'
  return { measure: 'request', scenario, name: scenario, outcome, count, over, sketch: sketchOf(latenciesMs) }
}

/** A log-normal latency, slower while the run warms up and just after the worker is lost. */
function latencyMs(base: number, second: number, random: () => number): number {
  const normal = random() + random() + random() + random() - 2
  const warmUp = second < 6 ? 1.6 - second * 0.1 : 1
  const lost = second === 55 || second === 56 ? 1.3 : 1
  return base * warmUp * lost * Math.exp(0.75 * normal)
}

export function exampleLoad(shape: LoadShape): LoadSecond[] {
  const random = randomFrom(7)
  const lines: LoadSecond[] = []
  for (let second = 0; second < shape.seconds; second++) {
    const all = SCENARIOS.flatMap(({ name, ratePerSecond }) => {
      const base = BASE_MS[name as keyof typeof BASE_MS] * shape.slow
      const latenciesMs = Array.from({ length: ratePerSecond }, () => latencyMs(base, second, random))
      const ok = series(name, ratePerSecond, latenciesMs, false)
      return name === 'order' && second === 56 ? [ok, series(name, 1, [900], true)] : [ok]
    })
    if (!shape.silent.includes(second)) lines.push({ schema: 'gauntlet/load/1', second, series: all })
  }
  return lines
}

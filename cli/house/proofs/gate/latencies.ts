import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'

/** A request without an answer: it took at least so long, and no answer is slower. */
export const TIMED_OUT_MS = 10_000

/** A distribution of latencies: the time at a standard normal number, and where its 95 % lie. */
export interface Shape {
  readonly name: string
  /** ascending */
  readonly msAt: (z: number) => number
  readonly p95Ms: number
}

/** The standard normal's 95 %. */
const Z95 = 1.6448536269514722

const shape = (name: string, msAt: Shape['msAt']): Shape => ({ name, msAt, p95Ms: msAt(Z95) })
const above = (z: number): number => Math.max(1e-15, normalCdf(-z, 0, 1))

/** Where one answer in ten comes the slow way: ln P(Z > z) of both ways is split at 1.2816. */
function twoWays(z: number): number {
  const share = above(z)
  if (share >= 0.1) return 20 * Math.exp(0.1 * z)
  return 200 * Math.exp(0.3 * quantileOfShare(share / 0.1))
}

/** The normal number that a share lies above; Abramowitz and Stegun, 26.2.23, to 0.00045. */
function quantileOfShare(share: number): number {
  const tail = Math.min(share, 1 - share)
  const t = Math.sqrt(-2 * Math.log(tail))
  const z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  return share <= 0.5 ? z : -z
}

export const SHAPES: readonly Shape[] = [
  shape('log-normal', (z) => 50 * Math.exp(0.6 * z)),
  shape('exponential', (z) => -50 * Math.log(above(z))),
  shape('heavy tail', (z) => 20 * above(z) ** (-1 / 2.5)),
  shape('two ways', twoWays),
  shape('with time-outs', (z) => (z > 2.3263 ? TIMED_OUT_MS : 50 * Math.exp(0.6 * z))),
]

/** Standard normal numbers, each like the one before it to the degree φ: AR(1), stationary from its first. */
export function wander(count: number, phi: number, seed: number): Float64Array {
  const normal = normals(mulberry32(seed))
  const fresh = Math.sqrt(1 - phi * phi)
  const numbers = new Float64Array(count)
  let z = normal()
  for (let n = 0; n < count; n += 1) {
    z = phi * z + fresh * normal()
    numbers[n] = z
  }
  return numbers
}

/** Marsaglia's polar method. */
function normals(random: () => number): () => number {
  let spare: number | undefined
  return () => {
    if (spare !== undefined) {
      const kept = spare
      spare = undefined
      return kept
    }
    for (;;) {
      const [u, v] = [2 * random() - 1, 2 * random() - 1]
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * Math.log(s)) / s)
      spare = v * scale
      return u * scale
    }
  }
}

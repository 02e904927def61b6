import { Sketch } from '../../../../reports/sketch/index.ts'
import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'

const MOST = 0.002

/** How far a sketch is off at its worst quantile, over so many random distributions, and how many merged differently. */
export interface Accuracy {
  readonly worstError: number
  readonly mergedOtherwise: number
}

export function accuracyOver(distributions: number, seed: number): Accuracy {
  const random = mulberry32(seed)
  let [worstError, mergedOtherwise] = [0, 0]
  for (let n = 0; n < distributions; n += 1) {
    const values = draw(random)
    const whole = sketchOf(values)
    worstError = Math.max(worstError, worstErrorOf(whole, values))
    const cut = Math.floor(random() * values.length)
    const merged = sketchOf(values.slice(0, cut))
    merged.merge(sketchOf(values.slice(cut)))
    if (merged.encode().join() !== whole.encode().join()) mergedOtherwise += 1
  }
  return { worstError, mergedOtherwise }
}

export const isAccurate = ({ worstError, mergedOtherwise }: Accuracy): boolean =>
  worstError <= MOST && mergedOtherwise === 0

/** Shapes that latencies have, at any scale: even, exponential, log-normal, heavy-tailed, in two heaps, in steps. */
const SHAPES: readonly ((random: () => number) => number)[] = [
  (random) => random(),
  (random) => -Math.log(1 - random()),
  (random) => Math.exp(Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())),
  (random) => (1 - random()) ** -1.5,
  (random) => (random() < 0.9 ? 1 : 40) + random(),
  (random) => Math.ceil(4 * random()),
]

/** 1 to 200 values of one shape and scale; every tenth distribution holds zeros too. */
function draw(random: () => number): number[] {
  const shape = SHAPES[Math.floor(random() * SHAPES.length)]!
  const scale = 10 ** (12 * random() - 6)
  const zeros = random() < 0.1 ? 0.2 : 0
  return Array.from({ length: Math.ceil(200 * random()) }, () =>
    random() < zeros ? 0 : scale * shape(random),
  )
}

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch()
  for (const value of values) sketch.record(value)
  return sketch
}

/** At each rank of the values, sorted: the quantile there against the value itself. */
function worstErrorOf(sketch: Sketch, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const errors = sorted.map((exact, at) => {
    const quantile = sketch.quantile((at + 0.5) / sorted.length) ?? Number.POSITIVE_INFINITY
    return exact === 0 ? Math.abs(quantile) : Math.abs(quantile - exact) / exact
  })
  return Math.max(...errors)
}

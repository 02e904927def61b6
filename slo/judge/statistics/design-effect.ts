import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import type { Counts } from './bad-ratio.ts'

/** Counts of one second (or of one slice of time) after the other, without a hole: a batch never leaves it. */
export type Stretch = readonly Counts[]

/** Fewer batches say too little of how they hang together (JUDGING, rule 4). */
export const FEWEST_BATCHES = 16
/** The variance of few batches is itself uncertain: it is widened to its upper 95 % bound, but not without end. */
const WIDENING = { risk: 0.05, most: 4 } as const

/** How far events hang together in time: `value` of them tell as much as one that stands alone. */
export interface DesignEffect {
  /** at least 1 */
  readonly value: number
  /** the longest batch that was looked at, in seconds or slices, and how many there were */
  readonly batchLength: number
  readonly batches: number
  /** batches of that length with a bad event in them: an outage shorter than a batch is one */
  readonly clusters: number
  /** whether batches of that length stand alone; without it `value` is too small */
  readonly settled: boolean
}

/**
 * The variance of the bad ratio of batches beside that of as many independent events (Kish, "Survey Sampling", 1965,
 * 8.2; batch means as in Law, "Simulation Modeling and Analysis", 9.5.3). Batches are doubled until the lag-1
 * autocorrelation of their bad ratio is below 1/√B + 0.05; the largest effect of the lengths tried is taken.
 * Batches differ in size, so residuals k − e·n stand for ratios. A stretch is a stratum with a ratio of its own: that
 * a fault was worse than the time before it was planned, and tells nothing of chance.
 */
export function designEffect(seen: readonly Stretch[]): DesignEffect {
  const stretches = seen.map(withoutSilentEnds)
  const { events, bad } = totalOf(stretches.flat())
  const lengths = batchLengths(stretches)
  let effect = 1
  let last = { batchLength: 1, batches: 0, clusters: 0, settled: false }
  for (const length of lengths) {
    const found = lookAt(stretches, length)
    last = { batchLength: length, batches: found.batches, clusters: found.clusters, settled: found.settled }
    if (bad === 0 || bad === events) return { value: 1, ...last, settled: true }
    const variance = (found.variance * events) / found.events
    effect = Math.max(effect, (variance * widening(found.freedom)) / (bad * (1 - bad / events)))
    if (found.settled) break
  }
  return { value: effect, ...last }
}

/** Seconds before the first event and after the last tell nothing of how events hang together. */
function withoutSilentEnds(stretch: Stretch): Stretch {
  const hasEvents = ({ events }: Counts): boolean => events > 0
  return stretch.slice(Math.max(0, stretch.findIndex(hasEvents)), stretch.findLastIndex(hasEvents) + 1)
}

/** 1, 2, 4, … while there are enough batches; none when even single seconds are too few. */
function batchLengths(stretches: readonly Stretch[]): number[] {
  const batchesOf = (length: number): number =>
    stretches.reduce((sum, stretch) => sum + Math.floor(stretch.length / length), 0)
  const lengths: number[] = []
  for (let length = 1; batchesOf(length) >= FEWEST_BATCHES; length *= 2) lengths.push(length)
  return lengths
}

function lookAt(stretches: readonly Stretch[], length: number) {
  const strata = stretches
    .map((stretch) => batchesOf(stretch, length))
    .filter((batches) => batches.length > 0)
  const residuals = strata.map(residualsOf)
  const squares = sum(residuals.flat().map((one) => one * one))
  const neighbours = sum(residuals.flatMap((of) => of.slice(1).map((one, n) => one * of[n]!)))
  const batches = strata.flat()
  const freedom = Math.max(1, batches.length - strata.length)
  const { events } = totalOf(batches)
  const rounding = 1e-18 * sum(batches.map(({ bad }) => bad * bad))
  return {
    ...{ batches: batches.length, freedom, events },
    clusters: batches.filter(({ bad }) => bad > 0).length,
    settled: squares <= rounding || neighbours / squares < 1 / Math.sqrt(batches.length) + 0.05,
    /** of the number of bad events in all batches together */
    variance: (squares / freedom) * batches.length,
  }
}

/** What is left over at the end of a stretch is in no batch. */
function batchesOf(stretch: Stretch, length: number): Counts[] {
  return Array.from({ length: Math.floor(stretch.length / length) }, (_, n) =>
    totalOf(stretch.slice(n * length, (n + 1) * length)),
  )
}

function residualsOf(batches: readonly Counts[]): number[] {
  const { events, bad } = totalOf(batches)
  return batches.map((one) => one.bad - (events === 0 ? 0 : (bad / events) * one.events))
}

const widening = (freedom: number): number =>
  Math.min(WIDENING.most, freedom / chiSquareQuantile(WIDENING.risk, freedom))

export const totalOf = (counts: readonly Counts[]): Counts => ({
  events: sum(counts.map(({ events }) => events)),
  bad: sum(counts.map(({ bad }) => bad)),
})

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

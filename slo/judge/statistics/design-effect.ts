import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import type { Counts } from './bad-ratio.ts'

/** Counts of one second (or of one slice of time) after the other, without a hole: a batch never leaves it. */
export type Stretch = readonly Counts[]
/** Stretches of which nobody planned that one should be worse than another. */
export type Stratum = readonly Stretch[]

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
 * Batches differ in size, so residuals k − e·n stand for ratios. A stratum has a ratio of its own: that a fault was
 * worse than the time around it was planned, and tells nothing of chance. Phases without a fault are one stratum, or a
 * slow wander would be taken for their difference. Where single seconds hung together, the batches that settle may
 * still do so a little: the variance is multiplied by (1+r)/(1−r), r = ρ₁ + 2/B (as in `batch-means.ts`). An outage
 * shorter than a batch is one cluster, also where two batches share it: where a batch begins is chance.
 */
export function designEffect(strata: readonly Stratum[]): DesignEffect {
  const seen = strata.map((stretches) => stretches.map(withoutSilentEnds))
  const { events, bad } = totalOf(seen.flat(2))
  let effect = 1
  let last = { batchLength: 1, batches: 0, clusters: 0, settled: false }
  let freedom = 1
  for (let length = 1; ; length *= 2) {
    const found = lookAt(seen, length)
    if (found.batches < FEWEST_BATCHES) break
    last = { batchLength: length, batches: found.batches, clusters: found.clusters, settled: found.settled }
    freedom = found.freedom
    if (bad === 0 || bad === events) return { value: 1, ...last, settled: true }
    const together = length > 1 && found.settled ? stillTogether(found) : 1
    const variance = ((found.variance * events) / found.events) * together * widening(found.freedom)
    effect = Math.max(effect, variance / (bad * (1 - bad / events)))
    if (found.settled) return { value: effect, ...last }
  }
  if (last.batches === 0 || !isOneOutage(seen, last.batchLength)) return { value: effect, ...last }
  const ofOneBatch = (bad / (1 - bad / events)) * widening(freedom)
  return { ...last, value: Math.max(effect, ofOneBatch), clusters: 1, settled: true }
}

/** Whether all that was bad may be one outage no longer than a batch: such a one touches at most one second more. */
function isOneOutage(strata: readonly Stratum[], batchLength: number): boolean {
  const [spanLength = 0, ...others] = strata
    .flat()
    .filter((stretch) => stretch.some(isBad))
    .map((stretch) => stretch.findLastIndex(isBad) - stretch.findIndex(isBad))
  return others.length === 0 && spanLength <= batchLength
}

const isBad = ({ bad }: Counts): boolean => bad > 0

/** Seconds before the first event and after the last tell nothing of how events hang together. */
function withoutSilentEnds(stretch: Stretch): Stretch {
  const hasEvents = ({ events }: Counts): boolean => events > 0
  return stretch.slice(Math.max(0, stretch.findIndex(hasEvents)), stretch.findLastIndex(hasEvents) + 1)
}

function lookAt(strata: readonly Stratum[], length: number) {
  const cut = strata
    .map((stretches) => stretches.map((stretch) => batchesOf(stretch, length)))
    .filter((stretches) => stretches.some((batches) => batches.length > 0))
  const residuals = cut.map(residualsOf)
  const squares = sum(residuals.flat(2).map((one) => one * one))
  const neighbours = sum(residuals.flat().flatMap((of) => of.slice(1).map((one, n) => one * of[n]!)))
  const batches = cut.flat(2)
  const rounding = 1e-18 * sum(batches.map(({ bad }) => bad * bad))
  const lag1 = squares <= rounding ? 0 : neighbours / squares + (cut.length - 1) / batches.length
  const freedom = Math.max(1, batches.length - cut.length)
  return {
    ...{ batches: batches.length, freedom, lag1, events: totalOf(batches).events },
    clusters: batches.filter(({ bad }) => bad > 0).length,
    settled: lag1 < 1 / Math.sqrt(batches.length) + 0.05,
    /** of the number of bad events in all batches together */
    variance: (squares / freedom) * batches.length,
  }
}

/** What is left over at the end of a stretch is in no batch; one without events is none. */
function batchesOf(stretch: Stretch, length: number): Counts[] {
  return Array.from({ length: Math.floor(stretch.length / length) }, (_, n) =>
    totalOf(stretch.slice(n * length, (n + 1) * length)),
  ).filter(({ events }) => events > 0)
}

/** From the ratio of the whole stratum. */
function residualsOf(stretches: readonly (readonly Counts[])[]): number[][] {
  const { events, bad } = totalOf(stretches.flat())
  return stretches.map((batches) =>
    batches.map((one) => one.bad - (events === 0 ? 0 : (bad / events) * one.events)),
  )
}

function stillTogether({ lag1, batches }: { readonly lag1: number; readonly batches: number }): number {
  const together = Math.min(0.9, Math.max(0, lag1 + 2 / batches))
  return (1 + together) / (1 - together)
}

const widening = (freedom: number): number =>
  Math.min(WIDENING.most, freedom / chiSquareQuantile(WIDENING.risk, freedom))

export const totalOf = (counts: readonly Counts[]): Counts => ({
  events: sum(counts.map(({ events }) => events)),
  bad: sum(counts.map(({ bad }) => bad)),
})

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

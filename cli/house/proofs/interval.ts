import { isBroken, isKept, lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'
import type { ProofWork } from '../proof-model.ts'

const EVENTS = 2_000
/** The platform breaks exactly as much as it may: here a verdict is most easily wrong, on either side. */
const ALLOWED = 0.05
const RISK = 0.025

/** Independent events, drawn one by one. */
function badAmong(events: number, ratio: number, seed: number): number {
  const random = mulberry32(seed)
  return Array.from({ length: events }, random).filter((drawn) => drawn < ratio).length
}

export const proof: ProofWork = {
  claim: 'at the very limit of a promise, met and violated are each said in at most 2.5 % of runs',
  trials: 20_000,
  seed: 20261121,
  trial: async (seed) => {
    const counts = { events: EVENTS, bad: badAmong(EVENTS, ALLOWED, seed) }
    return { met: isKept(counts, ALLOWED), violated: isBroken(counts, ALLOWED) }
  },
  conclude: (results) => {
    const events = results.length
    const worst = Math.max(
      results.filter(({ met }) => met).length,
      results.filter(({ violated }) => violated).length,
    )
    const counts = { events, bad: worst }
    const interval = [lowerBound(counts), upperBound(counts)] as const
    const verdict = interval[1] <= RISK ? 'met' : interval[0] > RISK ? 'violated' : 'inconclusive'
    return { verdict, figure: worst / events, interval, unit: 'share of runs, the worse side' }
  },
}

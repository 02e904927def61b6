import type { PlannedObjective } from '../../reports/run/index.ts'
import type { Sample } from '../sources/index.ts'
import { ALPHA, isBroken, isKept, lowerBound, upperBound } from './statistics/bad-ratio.ts'

/** What a sample says of the allowed bad ratio, before the other objectives of the run are looked at. */
export interface Decision {
  readonly kept: boolean
  /** asked at several levels: with more objectives in a run, each needs more to be called violated */
  readonly broken: (alpha: number) => boolean
  readonly ratio: { readonly value: number | null; readonly low: number | null; readonly high: number | null }
}

/** 1 − target, without the noise of binary fractions: 0.05, not 0.050000000000000044. */
export const allowedRatio = ({ evidence, targetRatio }: PlannedObjective): number =>
  evidence === 'census' ? 0 : Number((1 - targetRatio).toPrecision(12))

/** JUDGING rules 2 and 3, and 17: with few repeats the same exact test is that of order statistics. */
export function decide({ events, bad }: Sample, allowed: number): Decision {
  if (events === 0) return { kept: false, broken: () => false, ratio: { value: null, low: null, high: null } }
  const most = { events, bad: bad.most }
  const least = { events, bad: bad.least }
  return {
    kept: isKept(most, allowed),
    broken: (alpha) => isBroken(least, allowed, alpha),
    ratio: { value: bad.most / events, low: lowerBound(least, ALPHA), high: upperBound(most, ALPHA) },
  }
}

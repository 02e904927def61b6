import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import type { Estimate } from '../../reports/run/index.ts'
import { ALPHA } from '../judge/statistics/bad-ratio.ts'
import { UNMEASURED } from './estimates.ts'

/** What a measured incident cost. Shares are of the whole window's budget. */
export interface Incident {
  readonly costRatio: number
  /** what its counts do not rule out: as great a bad ratio as they allow, for as long as the fault was on or felt */
  readonly mostRatio: number
  /** from the injection until the objective was kept again; null: it was not broken, or not kept again */
  readonly recoverMs: number | null
  /** it was not over when its run ended, so that it costs more than was seen */
  readonly isOpen: boolean
}

/**
 * What an incident costs on average, taken to be exponential, so that 2·Σ/mean is χ² with 2·n degrees of freedom
 * (Epstein and Sobel, "Life testing", J. American Statistical Association 48, 1953). One drill tells little: its upper
 * bound is 39 times what it cost. Where none was broken the counts alone are the bound (JUDGING, rule 13).
 */
export function incidentCost(incidents: readonly Incident[]): Estimate {
  const drills = incidents.length
  if (drills === 0) return UNMEASURED
  const costs = sum(incidents.map(({ costRatio }) => costRatio))
  const counted = sum(incidents.map(({ mostRatio }) => mostRatio)) / drills
  return {
    value: costs / drills,
    low: (2 * costs) / chiSquareQuantile(1 - ALPHA, 2 * drills),
    high: Math.max(counted, (2 * costs) / chiSquareQuantile(ALPHA, 2 * drills)),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

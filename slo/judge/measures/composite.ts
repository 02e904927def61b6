import type { PhaseWindow, PlannedMember, PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { sampleOf, thresholdOf } from '../../sources/index.ts'
import { allowedRatio, decide } from '../decide.ts'
import { ALPHA } from '../statistics/bad-ratio.ts'
import { headOf, type Measurement } from './measurement.ts'

/** What one indicator used of its own budget, and how heavy that is. */
interface Part {
  readonly weight: number
  readonly events: number
  readonly bad: number
  /** bad ratio ÷ allowed ratio */
  readonly used: number | null
  readonly usedWithin: (alpha: number) => { readonly low: number; readonly high: number }
  readonly refusal: string
  readonly note: string
}

/**
 * Several indicators in one promise: what each used of its own budget, times its weight, adds up to no more than 1
 * (OpenSLO, "Composite SLO": a weight multiplies the rate at which an indicator burns the composite's budget).
 * Each bound is asked at its share of the risk (Bonferroni), so that all of them together hold at α.
 */
export function measureComposite(
  objective: PlannedObjective & { readonly members: readonly PlannedMember[] },
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const parts = objective.members.map((member) =>
    partOf({ ...objective, ...member }, member.weight, record, windows),
  )
  const within = (alpha: number) => {
    const bounds = parts.map(({ usedWithin }) => usedWithin(alpha / parts.length))
    return {
      low: weighted(
        parts,
        bounds.map(({ low }) => low),
      ),
      high: weighted(
        parts,
        bounds.map(({ high }) => high),
      ),
    }
  }
  const known = parts.flatMap(({ used }) => used ?? [])
  const value = known.length < parts.length ? null : weighted(parts, known)
  const { low, high } = within(ALPHA)
  const total = (key: 'events' | 'bad'): number => parts.reduce((sum, part) => sum + part[key], 0)
  const figure = value === null ? { value, low: null, high: null } : { value, low, high }
  return {
    figures: {
      ...headOf(objective),
      ...{ unit: 'value', suffix: '× its budget', quantile: null, limit: 1, ...figure },
      ...{ events: total('events'), bad: total('bad'), badRatio: { allowed: 1, ...figure } },
    },
    kept: value !== null && high <= 1,
    broken: (alpha) => value !== null && within(alpha).low > 1,
    needs: () => null,
    refusal: parts.find(({ refusal }) => refusal !== '')?.refusal ?? '',
    note: parts.find(({ note }) => note !== '')?.note ?? '',
  }
}

function partOf(
  objective: PlannedObjective,
  weight: number,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Part {
  const sample = sampleOf(objective, record, windows)
  const allowed = allowedRatio(objective)
  const { ratio, bounds, independence } = decide(sample, allowed, thresholdOf(objective.good)?.threshold)
  return {
    ...{ weight, events: sample.events, bad: sample.bad.most },
    used: ratio.value === null ? null : ratio.value / allowed,
    usedWithin: (alpha) => {
      const { low, high } = bounds(alpha)
      return { low: low / allowed, high: high / allowed }
    },
    ...{ refusal: independence?.refusal ?? '', note: sample.note },
  }
}

const weighted = (parts: readonly Part[], values: readonly number[]): number =>
  parts.reduce((sum, { weight }, n) => sum + weight * values[n]!, 0)

import type { Limit, PhaseWindow, PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { counted, duration, threeFigures } from '../../../reports/run/words/words.ts'
import { sampleOf, type Values, valuesOf } from '../../sources/index.ts'
import { ALPHA } from '../statistics/bad-ratio.ts'
import { batchMeans, fewestSeconds, meanInterval } from '../statistics/batch-means.ts'
import { whyUncovered } from './covered.ts'
import { isBroken, isKept, scaleOf } from './limit.ts'
import { headOf, lengthOf, type Measurement } from './measurement.ts'

const REFUSAL = 'Its values hang together over longer than this run can show.'
const MORE_WHERE_THEY_WANDER = 2

/** JUDGING rule 18: a mean stands for itself, never for a quantile. RatioTimeslices are the mean of their slices' ratios. */
export function measureMean(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const { slices, ...unsliced } = objective
  const sample = slices === undefined ? undefined : sampleOf(unsliced, record, windows)
  const values = valuesOf(objective, record, windows, sample)
  const { stretches, endless, covered } = values
  const limit: Limit = objective.limit ?? { op: 'gte', value: objective.targetRatio }
  const count = stretches.flat().reduce((sum, one) => sum + one.count, 0)
  const uncovered = whyUncovered(covered)
  const mean = uncovered === '' ? batchMeans(stretches) : null
  const best = mean === null || values.best === undefined ? mean : batchMeans(values.best)
  const within = (alpha: number) =>
    mean === null || best === null
      ? null
      : { low: meanInterval(mean, alpha).low, high: meanInterval(best, alpha).high }
  const interval = within(ALPHA)
  const value = mean?.value ?? plainMean(values, count)
  const longer = Math.max(MORE_WHERE_THEY_WANDER, fewestSeconds(stretches) / stretches.flat().length)
  return {
    figures: {
      ...headOf(objective),
      ...scaleOf(objective, limit),
      ...{ quantile: null, limit: limit.value, value, low: interval?.low ?? null },
      high: endless > 0 ? null : (interval?.high ?? null),
      ...{ events: count, bad: 0, badRatio: { allowed: 0, value: null, low: null, high: null } },
    },
    kept: endless === 0 && interval !== null && isKept(limit, interval),
    broken: (alpha) => {
      const at = within(alpha)
      return (
        at !== null &&
        isBroken(limit, { low: at.low, high: endless > 0 ? Number.POSITIVE_INFINITY : at.high })
      )
    },
    needs: () =>
      count === 0 || mean !== null
        ? null
        : { events: Math.ceil(longer * count), lengthMs: longer * lengthOf(windows) },
    refusal: count > 0 && mean === null ? uncovered || whyNoMean(values) : '',
    note:
      endless === 0
        ? values.note
        : `${counted(endless, objective.noun)} failed or never ended, so the mean is at least ${threeFigures(value ?? 0)}. ${values.note}`.trim(),
  }
}

function plainMean({ stretches }: Values, count: number): number | null {
  return count === 0 ? null : stretches.flat().reduce((sum, one) => sum + one.sum, 0) / count
}

function whyNoMean({ stretches, atomMs }: Values): string {
  const [had, needed] = [stretches.flat().length, fewestSeconds(stretches)]
  if (had >= needed) return REFUSAL
  return `${had} times ${duration(atomMs)} are too few to see how its values hang together; ${needed} are needed.`
}

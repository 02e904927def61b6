import type { PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { censusOfFacts } from '../../sources/index.ts'
import { headOf, type Measurement } from './measurement.ts'

/** Ids shown of a census; the rest is in the evidence. */
const MOST_IDS = 100

/** Each member was checked, so there is no interval: none bad is met, one is violated. */
export function measureCensus(objective: PlannedObjective, record: RunRecord): Measurement {
  const { checked, bad, undecided, note } = censusOfFacts(objective, record)
  const value = checked === 0 ? null : bad.length
  return {
    figures: {
      ...headOf(objective),
      ...{ unit: 'count', quantile: null, limit: 0, value, low: value, high: value },
      ...{ events: checked, bad: bad.length, ids: bad.slice(0, MOST_IDS) },
      badRatio: { allowed: 0, value: checked === 0 ? null : bad.length / checked, low: null, high: null },
    },
    kept: checked > 0 && bad.length === 0 && undecided === 0,
    broken: () => bad.length > 0,
    needs: () => null,
    refusal: '',
    note,
  }
}

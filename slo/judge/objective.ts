import type { ObjectiveVerdict, PlannedObjective, RunRecord } from '../../reports/run/index.ts'
import { type CensusCount, censusOfFacts, evidenceOf, type PhaseWindow, sampleOf } from '../sources/index.ts'
import { allowedRatio, decide } from './decide.ts'
import { figuresOf, measuredValue } from './figures.ts'
import type { Counts } from './statistics/bad-ratio.ts'
import { neededEvents } from './statistics/needed-events.ts'

/** Ids shown of a census; the rest is in the evidence. */
const MOST_IDS = 100

/** What was measured for an objective, and what it would be called by itself. */
export interface Measurement {
  readonly figures: Omit<ObjectiveVerdict, 'verdict' | 'why' | 'needs' | 'taintedBy'>
  readonly kept: boolean
  readonly broken: (alpha: number) => boolean
  /** what would decide it, when broken is asked at this level; null when nothing is known */
  readonly needs: (alpha: number) => ObjectiveVerdict['needs']
  /** what could not be counted, or why nothing was; empty when nothing is to be said */
  readonly note: string
}

export function measure(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  return objective.evidence === 'census'
    ? measureCensus(objective, censusOfFacts(objective, record))
    : measureSample(objective, record, windows)
}

function headOf({ name, title, advisory, evidence, promised, noun, phases }: PlannedObjective) {
  return { name, title, advisory, kind: evidence, promised, noun, phases }
}

/** Each member was checked, so there is no interval: none bad is met, one is violated. */
function measureCensus(objective: PlannedObjective, census: CensusCount): Measurement {
  const { checked, bad, undecided, note } = census
  const value = checked === 0 ? null : bad.length
  return {
    figures: {
      ...headOf(objective),
      ...{ unit: 'count', quantile: null, limit: 0, value, low: value, high: value, uncorrected: null },
      ...{ events: checked, bad: bad.length, byPhase: [], ids: bad.slice(0, MOST_IDS) },
      badRatio: { allowed: 0, value: checked === 0 ? null : bad.length / checked, low: null, high: null },
      evidence: evidenceOf(objective),
    },
    kept: checked > 0 && bad.length === 0 && undecided === 0,
    broken: () => bad.length > 0,
    needs: () => null,
    note,
  }
}

function measureSample(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const own = windows.filter(({ phase }) => objective.phases.includes(phase))
  const sample = sampleOf(objective, record, own)
  const allowed = allowedRatio(objective)
  const decision = decide(sample, allowed)
  const { events } = sample
  return {
    figures: {
      ...headOf(objective),
      ...figuresOf(objective, sample, decision),
      ...{ events, bad: sample.bad.most, badRatio: { allowed, ...decision.ratio } },
      byPhase: own.map((window) => {
        const part = sampleOf(objective, record, [window])
        return {
          phase: window.phase,
          events: part.events,
          bad: part.bad.most,
          value: measuredValue(objective, part),
        }
      }),
      ...{ evidence: evidenceOf(objective), ids: [] },
    },
    kept: decision.kept,
    broken: decision.broken,
    needs: (alpha) =>
      needsOf({ counts: { events, bad: sample.bad.most }, allowed, alpha, windows: own }, objective),
    note: sample.note,
  }
}

interface Open {
  readonly counts: Counts
  readonly allowed: number
  readonly alpha: number
  readonly windows: readonly PhaseWindow[]
}

/** JUDGING rule 6, at the rate and the bad ratio of this run. Visits of a page have no rate of their own. */
function needsOf(
  { counts, allowed, alpha, windows }: Open,
  { evidence }: PlannedObjective,
): ObjectiveVerdict['needs'] {
  const needed = neededEvents(counts, allowed, alpha)
  if (needed === null || needed <= counts.events) return null
  const lastedMs = windows.reduce((sum, one) => sum + (one.toSecond - one.fromSecond) * 1000, 0)
  const hasRate = evidence === 'sample' && counts.events > 0
  return { events: needed, lengthMs: hasRate ? (needed / counts.events) * lastedMs : null }
}

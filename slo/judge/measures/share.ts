import type {
  Budget,
  ObjectiveVerdict,
  PhaseWindow,
  PlannedObjective,
  RunRecord,
} from '../../../reports/run/index.ts'
import { type Sample, sampleOf, thresholdOf } from '../../sources/index.ts'
import { allowedRatio, type Decision, decide } from '../decide.ts'
import { figuresOf, measuredValue } from '../figures.ts'
import { FEWEST_BATCHES } from '../statistics/design-effect.ts'
import { neededEvents } from '../statistics/needed-events.ts'
import { headOf, lengthOf, type Measurement } from './measurement.ts'

/** What share of the events is bad, beside what share may be. */
export function measureShare(
  objective: PlannedObjective,
  record: RunRecord,
  windows: readonly PhaseWindow[],
): Measurement {
  const sample = sampleOf(objective, record, windows)
  const allowed = allowedRatio(objective)
  const decision = decide(sample, allowed, thresholdOf(objective.good)?.threshold)
  const { events, bad } = sample
  return {
    figures: {
      ...headOf(objective),
      ...figuresOf(objective, sample, decision),
      ...{ events, bad: bad.most, badRatio: { allowed, ...decision.ratio } },
      independence: decision.independence,
      budget: budgetOf(objective, decision.ratio.value, windows),
      byPhase: windows.map((window) => byPhase(objective, window, record)),
    },
    kept: decision.kept,
    broken: decision.broken,
    needs: (alpha) => needsOf({ sample, decision, allowed, alpha, windows }, objective),
    refusal: decision.independence?.refusal ?? '',
    note: sample.note,
  }
}

function byPhase(objective: PlannedObjective, window: PhaseWindow, record: RunRecord) {
  const part = sampleOf(objective, record, [window])
  const { events, bad } = part
  return { phase: window.phase, events, bad: bad.most, value: measuredValue(objective, part) }
}

/** At this run's rate of events: bad ÷ (rate · window · allowed) = burn rate · length ÷ window. */
function budgetOf(
  { windowMs, evidence, targetRatio }: PlannedObjective,
  badRatio: number | null,
  windows: readonly PhaseWindow[],
): Budget | null {
  if (windowMs === undefined || evidence !== 'sample') return null
  const burnRate = badRatio === null ? null : badRatio / (1 - targetRatio)
  return {
    windowMs,
    burnRate,
    spentRatio: burnRate === null ? null : (burnRate * lengthOf(windows)) / windowMs,
  }
}

interface Open {
  readonly sample: Sample
  readonly decision: Decision
  readonly allowed: number
  readonly alpha: number
  readonly windows: readonly PhaseWindow[]
}

/**
 * JUDGING rule 6, at the rate, the bad ratio and the design effect of this run. Where its events hang together over
 * longer than it could show, twice the length is the least that could. Visits of a page have no rate of their own.
 */
function needsOf(
  { sample, decision, allowed, alpha, windows }: Open,
  { evidence }: PlannedObjective,
): ObjectiveVerdict['needs'] {
  const { events, bad } = sample
  const { kept, broken } = decision.effects
  const effect = bad.most / Math.max(1, events) < allowed ? kept : broken
  const alone = neededEvents({ events: events / effect, bad: bad.most / effect }, allowed, alpha)
  const refused = (decision.independence?.refusal ?? '') !== ''
  if (alone === null) return null
  const lengthMs = lengthOf(windows)
  const tooShort = FEWEST_BATCHES * sample.atomMs - lengthMs
  const longer = tooShort > 0 ? Math.ceil((events * (lengthMs + tooShort)) / lengthMs) : 2 * events
  const needed = Math.max(Math.ceil(alone * effect), refused ? longer : 0)
  if (needed <= events) return null
  const hasRate = evidence === 'sample' && events > 0
  return { events: needed, lengthMs: hasRate ? (needed / events) * lengthMs : null }
}

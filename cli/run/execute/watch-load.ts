import { Compile } from 'typebox/compile'
import {
  type JournalEntry,
  LoadSecond,
  type Plan,
  type Recorder,
  type RunContext,
} from '../../../reports/run/index.ts'
import { phaseWindows, zeroUs } from '../../../slo/sources/index.ts'
import { loadLengthMs } from '../plan/phases.ts'
import type { Stopper } from './stop.ts'
import { type WatchedGuard, watchedGuard } from './watch-guard.ts'

export interface LoadWatch {
  readonly plan: Plan
  readonly stopper: Stopper
}

/**
 * The plan's guards see the load as it is written down, in the seconds and with the counters that it will be judged by:
 * four seconds after it was due. Without guards it is the record as it is.
 */
export function watchLoad({ plan, stopper }: LoadWatch, { record, clock, log }: RunContext): Recorder {
  const guards = (plan.guards ?? []).flatMap((one) => watchedGuard(one, plan) ?? [])
  if (guards.length === 0) return record
  const isLoad = Compile(LoadSecond)
  const journal: JournalEntry[] = []
  const isOver = (): boolean => {
    const startUs = zeroUs(journal)
    const endUs = (startUs ?? Number.POSITIVE_INFINITY) + loadLengthMs(plan.phases) * 1000
    return stopper.signal.aborted || clock.nowUs() >= endUs // nothing to stop any more
  }
  return {
    document: record.document,
    journal: (fact, atUs = clock.nowUs()) => {
      journal.push({ schema: 'gauntlet/journal/1', atUs: Math.round(atUs), ...fact })
      return record.journal(fact, atUs)
    },
    evidence: async (file, line) => {
      await record.evidence(file, line)
      if (file !== 'load.ndjson' || isOver() || !isLoad.Check(line)) return
      for (const { objective, isProof, seen } of alarmsOf(guards, line, phaseWindows(plan, journal))) {
        if (isProof) await record.journal({ kind: 'guard-alarm', objective, seen })
        log.fact(`guard on ${objective}: ${seen}; the run is stopped`)
        stopper.stop({ by: 'guard', reason: `${objective}: ${seen}` })
      }
    },
  }
}

function alarmsOf(guards: readonly WatchedGuard[], ...shown: Parameters<WatchedGuard['take']>) {
  return guards.flatMap(({ objective, isProof, take }) => {
    const seen = take(...shown)
    return seen === undefined ? [] : [{ objective, isProof, seen }]
  })
}

import {
  newRunId,
  type PlannedObjective,
  type PlannedPhase,
  type RunRecord,
  UNKNOWN_TARGET,
} from '../../../reports/run/index.ts'
import { labelOf } from '../../../scenarios/model/index.ts'
import type { Results } from '../../../scenarios/readers/index.ts'
import { thresholds } from '../plan/thresholds.ts'

/** All of a results file: nothing in it tells one part from another. */
export function foreignPhase(durationMs: number): PlannedPhase {
  return { name: 'all', startMs: 0, durationMs, judged: true, load: true, experiments: [], audits: [] }
}

export interface ForeignFile {
  /** of the file, without its folder */
  readonly name: string
  readonly objectives: readonly PlannedObjective[]
}

/** Results of another tool as the record of a run that came to its end. */
export function foreignRecord(results: Results, { name, objectives }: ForeignFile): RunRecord {
  const { kind, zeroUs, seconds, load, lines, unreadableLines, lost, gaps } = results
  const label = labelOf(name)
  const atEndUs = zeroUs + seconds * 1e6
  const entry = { schema: 'gauntlet/journal/1' } as const
  return {
    run: {
      ...{ schema: 'gauntlet/run/1', id: newRunId(zeroUs, () => 0), plan: label, startedAtUs: zeroUs },
      ...{ gauntlet: '', node: '', machine: { cores: 0, memoryBytes: 0, system: '' } },
      ...{ target: { name: 'unknown', version: 'unknown' }, switches: [] },
    },
    plan: {
      ...{
        schema: 'gauntlet/plan/2',
        name: label,
        title: `${name}, ${kind}`,
        why: 'Recorded by another tool.',
      },
      ...{ seed: 1, target: UNKNOWN_TARGET, tools: {}, load: [], phases: [foreignPhase(seconds * 1000)] },
      ...{ experiments: [], audits: [], objectives: [...objectives], thresholdsMs: thresholds(objectives) },
      atMostMs: seconds * 1000,
    },
    journal: [
      { ...entry, kind: 'second-zero', atUs: zeroUs },
      { ...entry, kind: 'phase-started', phase: 'all', atUs: zeroUs },
      { ...entry, kind: 'phase-ended', phase: 'all', atUs: atEndUs },
      { ...entry, kind: 'run-ended', outcome: 'completed', atUs: atEndUs },
    ],
    load,
    ...{ acks: [], facts: [], audits: [], probes: [], queries: [] },
    instrument: {
      ...{ schema: 'gauntlet/instrument/1', rows: lines, unreadableRows: unreadableLines, gaps: [...gaps] },
      ...(lost === undefined ? {} : { lost }),
      ...{ startLatenessP99Ms: {}, iterations: [], generatorExit: null, firstException: null },
    },
    ...{ complete: true, unreadable: [] },
  }
}

import { Compile } from 'typebox/compile'
import {
  type JournalEntry,
  LoadSecond,
  type Plan,
  ProbeSample,
  type Recorder,
  type Run,
  type RunContext,
  type RunRecord,
} from '../../../../reports/run/index.ts'

export interface EvidenceSoFar {
  /** keeps what passes through it */
  readonly recorder: Recorder
  /** as if the run had ended now */
  record(): RunRecord
}

/** What a run has written down by now, for whoever judges while it goes on. */
export function evidenceSoFar(
  plan: Plan,
  { record, clock }: Pick<RunContext, 'record' | 'clock'>,
): EvidenceSoFar {
  const [isLoad, isProbe] = [Compile(LoadSecond), Compile(ProbeSample)]
  const journal: JournalEntry[] = []
  const load: LoadSecond[] = []
  const probes: ProbeSample[] = []
  return {
    recorder: {
      document: record.document,
      journal: async (fact, atUs = clock.nowUs()) => {
        await record.journal(fact, atUs)
        journal.push({ schema: 'gauntlet/journal/1', atUs: Math.round(atUs), ...fact })
      },
      evidence: async (file, line) => {
        await record.evidence(file, line)
        if (file === 'load.ndjson' && isLoad.Check(line)) load.push(line)
        if (file === 'probes.ndjson' && isProbe.Check(line)) probes.push(line)
      },
    },
    record: () => ({ ...NOTHING_YET, run: runOf(plan), plan, journal, load, probes }),
  }
}

const NOTHING_YET = {
  ...{ acks: [], facts: [], audits: [], queries: [], instrument: null },
  ...{ complete: false, unreadable: [] },
}

/** No objective rests on it. */
const runOf = ({ name, target }: Plan): Run => ({
  ...{ schema: 'gauntlet/run/1', id: '', plan: name, startedAtUs: 0, gauntlet: '', node: '' },
  machine: { cores: 0, memoryBytes: 0, system: '' },
  ...{ target: { name: target.name, version: target.version }, switches: [] },
})

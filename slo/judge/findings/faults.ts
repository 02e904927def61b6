import type { FaultVerdict, Finding, RunRecord } from '../../../reports/run/index.ts'
import { reachedPhases } from '../outcome.ts'

/** A fault whose phase came to its end must have been seen. */
export function faultFindings(record: RunRecord, faults: readonly FaultVerdict[]): Finding[] {
  const reached = reachedPhases(record)
  const wasDue = ({ experiment }: FaultVerdict): boolean =>
    record.plan.experiments.some(({ name, phase }) => name === experiment && reached.has(phase))
  return faults
    .filter(({ proof }) => proof !== 'confirmed')
    .filter((fault) => fault.proof !== 'not injected' || wasDue(fault))
    .map(({ experiment, proof, seen }) => {
      // the last word: what was confirmed at first may have been taken off since
      const probe = seen.findLast(({ when }) => when === 'during')
      return {
        kind: 'fault-unproven',
        taints: { scope: 'experiment', name: experiment },
        why: sentence(
          `The fault ${experiment} was ${FAULT_WORDS[proof]}${probe === undefined ? '' : `: ${probe.what}`}`,
        ),
        hint: 'see journal.ndjson for what the probe saw',
      }
    })
}

/** What a probe saw may end with a question to whoever reads it. */
const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`)

const FAULT_WORDS: Readonly<Record<FaultVerdict['proof'], string>> = {
  confirmed: 'confirmed',
  mismatch: 'injected without its effect',
  unproven: 'never seen to act',
  'not injected': 'not injected',
}

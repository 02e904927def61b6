import type { Finding, RunRecord } from '../../../reports/run/index.ts'
import { counted } from '../../../reports/run/words/words.ts'
import { outcomeOf } from '../outcome.ts'

const RUN = { scope: 'run' } as const
const UNREADABLE = 'look at the named file; what cannot be read is not counted; run again'

/** Lines and rows that nobody could read might have held anything. */
export function unreadableFindings(record: RunRecord): Finding[] {
  const { unreadable, instrument, plan } = record
  const rows = instrument?.unreadableRows ?? 0
  const [first] = unreadable
  const reasons = [
    ...(first === undefined
      ? []
      : [`${counted(unreadable.length, 'lines')} of the record cannot be read: ${first}.`]),
    ...(rows === 0 ? [] : [`${counted(rows, 'rows')} of the samples could not be read.`]),
    ...(instrument !== null || plan.load.length === 0 || outcomeOf(record) !== 'completed'
      ? []
      : ['The load said nothing of itself: evidence/instrument.json is missing.']),
  ]
  return reasons.map((why) => ({ kind: 'stream-unreadable', taints: RUN, why, hint: UNREADABLE }))
}

import { recordEndMs } from '../run/moments.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { faultIsProven, instrumentWords, tally } from '../run/words/verdict-words.ts'
import { count, duration, perSecond, utcDate } from '../run/words/words.ts'

/** The row of facts below the verdict: the six things that a reader asks next. */
export function summary(record: RunRecord, verdict: Verdict): readonly (readonly [string, string])[] {
  return [
    ['Objectives', tally(verdict)],
    ['Faults', faults(verdict)],
    ['Instrument', instrumentWords(record, verdict)],
    ['Requests', requests(verdict)],
    ['Length', length(record, verdict)],
    ['Run', utcDate(record.run.startedAtUs)],
  ]
}

function faults({ faults }: Verdict): string {
  if (faults.length === 0) return 'none planned'
  const proven = faults.filter(faultIsProven)
  const byGuardian = proven.some(({ undoneBy }) => undoneBy === 'guardian') ? ' by the guardian' : ''
  return `${proven.length} of ${faults.length} proven and undone${byGuardian}`
}

function requests({ requests }: Verdict): string {
  const rate = requests.perSecond === null ? '' : ` at ${perSecond(requests.perSecond)}`
  return count(requests.count) + rate
}

/** What the guardian did after a crash is not the run going on. */
function length(record: RunRecord, { lengthMs, outcome }: Verdict): string {
  const { atMostMs } = record.plan
  if (lengthMs === null) return `nothing of at most ${duration(atMostMs)}, ${outcome}`
  const of = outcome === 'completed' ? '' : ` of at most ${duration(atMostMs)}`
  return `${duration(outcome === 'crashed' ? recordEndMs(record) : lengthMs)}${of}, ${outcome}`
}

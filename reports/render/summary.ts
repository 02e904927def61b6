import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { faultIsProven, instrumentWords, tally } from '../run/verdict-words.ts'
import { count, duration, perSecond, utcDate } from '../run/words.ts'

/** The row of facts below the verdict: the six things that a reader asks next. */
export function summary({ run, plan }: RunRecord, verdict: Verdict): readonly (readonly [string, string])[] {
  return [
    ['Objectives', tally(verdict)],
    ['Faults', faults(verdict)],
    ['Instrument', instrumentWords(verdict)],
    ['Requests', requests(verdict)],
    ['Length', length(verdict, plan.atMostMs)],
    ['Run', utcDate(run.startedAtUs)],
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

function length({ lengthMs, outcome }: Verdict, atMostMs: number): string {
  if (lengthMs === null) return `nothing of at most ${duration(atMostMs)}, ${outcome}`
  const of = outcome === 'completed' ? '' : ` of at most ${duration(atMostMs)}`
  return `${duration(lengthMs)}${of}, ${outcome}`
}

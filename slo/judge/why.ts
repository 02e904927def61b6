import {
  type AlertVerdict,
  type FaultVerdict,
  type Finding,
  hasBegun,
  isGuardians,
  type ObjectiveVerdict,
  type Outcome,
  type PlannedObjective,
  type RunRecord,
  type RunVerdict,
  recordEndMs,
} from '../../reports/run/index.ts'
import { capital, clock, count, counted, list, moment } from '../../reports/run/words/words.ts'
import { isJudgedByFaults, whyByFaults } from './by-faults.ts'
import { sinceZeroMs } from './moments.ts'
import { brokenWords, openWords, timesAllowed } from './sentences.ts'
import { inPhase, whyStopped } from './why-stopped.ts'

/** PAGES, "Words and numbers" */
const LONGEST = 160

export interface Found {
  readonly verdict: RunVerdict
  readonly outcome: Outcome
  readonly objectives: readonly ObjectiveVerdict[]
  readonly findings: readonly Finding[]
  readonly faults: readonly FaultVerdict[]
  /** what may still be on; empty when all is proven gone */
  readonly unproven: string
  /** where the steady state did not come back after a fault; empty when it did */
  readonly lost: string
}

/** The one sentence above a report: who must act now, what was found with its worst figure, or how the run ended. */
export function whyOf(found: Found, record: RunRecord, planned: readonly PlannedObjective[]): string {
  const { outcome, verdict, objectives } = found
  const required = objectives.filter(({ advisory }) => !advisory)
  if (found.unproven !== '') return shortened(found.unproven)
  if (outcome === 'crashed') return shortened(whyCrashed(found, record))
  const isByFaults = isJudgedByFaults(record, planned)
  if (isByFaults && verdict === 'invalid')
    return shortened(whyByFaults(verdict, found.faults, found.findings))
  if (verdict === 'invalid') return shortened(whyInvalid(found.findings, required))
  if (verdict === 'violated')
    return shortened(whyViolated(required, planned) || whyOfAlert('silent', found.faults))
  if (outcome !== 'completed') return shortened(whyStopped(outcome, record))
  if (found.lost !== '') return shortened(found.lost)
  if (isByFaults) return shortened(whyByFaults(verdict, found.faults, found.findings))
  if (verdict === 'met') return shortened(whyMet(required, found.faults))
  const isOpen = required.some((one) => one.verdict !== 'met')
  const untried = isOpen
    ? ''
    : whyOfAlert('not tried', found.faults) || whyOfAlert('not judged', found.faults)
  return shortened(untried || whyInconclusive(required))
}

function whyMet(required: readonly ObjectiveVerdict[], faults: readonly FaultVerdict[]): string {
  const held =
    required.length === 1
      ? 'The required objective held'
      : `All ${count(required.length)} required objectives held`
  const titles = faults
    .filter(({ proof }) => proof === 'confirmed')
    .map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1))
  if (titles.length === 0) return `${held}.`
  return `${held}; ${titles.length === 1 ? 'fault' : 'faults'}: ${list(titles)}.`
}

/** The worst is what used its allowance up most times over; where none is allowed, any is worse than that. */
function whyViolated(required: readonly ObjectiveVerdict[], planned: readonly PlannedObjective[]): string {
  const violated = required
    .filter(({ verdict }) => verdict === 'violated')
    .map((one) => ({ one, times: timesAllowed(one) }))
    .sort((a, b) => (a.times === b.times ? 0 : b.times - a.times))
  const worst = violated[0]?.one
  const objective = planned.find(({ name }) => name === worst?.name)
  if (worst === undefined || objective === undefined) return ''
  const more = violated.length - 1
  return `${brokenWords(worst, objective)}${more === 0 ? '' : `; ${count(more)} more ${more === 1 ? 'objective' : 'objectives'} violated`}.`
}

/** What became of the first alert of this kind; empty when there is none. */
function whyOfAlert(state: AlertVerdict['state'], faults: readonly FaultVerdict[]): string {
  const why = faults.find(({ alert }) => alert?.state === state)?.alert?.why
  return why === undefined ? '' : `${capital(why)}.`
}

function whyInconclusive(required: readonly ObjectiveVerdict[]): string {
  const open = required.filter(({ verdict }) => verdict === 'inconclusive')
  const [first] = open
  if (first === undefined) return 'No objective is required, so nothing was decided.'
  const more = open.length - 1
  return `${openWords(first, first.why)}${more === 0 ? '' : `; ${count(more)} more undecided`}.`
}

/** The first of these that was found is told: a journey that throws at once also keeps its generator busy. */
const TELLING: readonly Finding['kind'][] = [
  ...([
    'machine-lacking',
    'no-iteration-completed',
    'fault-unproven',
    'target-changed',
    'stream-unreadable',
  ] as const),
  ...(['stream-gap', 'clock-stepped', 'stream-behind', 'generator-starved', 'late-starts'] as const),
]

function whyInvalid(findings: readonly Finding[], required: readonly ObjectiveVerdict[]): string {
  const tainted = required.filter(({ taintedBy }) => taintedBy.length > 0)
  const kinds = new Set(tainted.flatMap(({ taintedBy }) => taintedBy))
  const told = TELLING.find((kind) => kinds.has(kind))
  const reason = findings.find(({ kind }) => kind === told)?.why ?? ''
  const rest = tainted.length === 1 ? '1 objective rests' : `${counted(tainted.length, 'objectives')} rest`
  const ending = `, so ${rest} on tainted evidence.`
  return `${shortened(reason.replace(/\.$/, ''), LONGEST - ending.length)}${ending}`
}

function whyCrashed({ faults, objectives }: Found, record: RunRecord): string {
  const without = faults.find(({ undoneBy }) => undoneBy === 'guardian')
  const undone =
    without?.undoneMs == null ? '' : ` The fault was undone at ${moment(without.undoneMs)} without it.`
  const what = objectives.length === 0 ? 'nothing' : 'no objective'
  return `${endOfRecord(record)}, so ${what} could be judged.${undone}`
}

/** The guardian acts soon after the harness is gone; without it only the record's last word is known. */
function endOfRecord(record: RunRecord): string {
  if (!hasBegun(record)) return 'The harness was killed before the load began'
  const killedMs = sinceZeroMs(record.journal.find(isGuardians), record.journal)
  const about = killedMs === null ? '' : ` at about ${clock(killedMs)}`
  const endMs = recordEndMs(record)
  return `The harness was killed${about}; its record ends at ${moment(endMs)}${inPhase(endMs, record)}`
}

/** Cut after a sentence, or between two words, where there is an end of one in the last third of what may stay. */
function shortened(sentence: string, longest = LONGEST): string {
  if (sentence.length <= longest) return sentence
  const stop = sentence.lastIndexOf('. ', longest - 1)
  if (stop > (longest * 2) / 3) return sentence.slice(0, stop + 1)
  const clause = sentence.lastIndexOf(': ', longest - 1) // what follows says more of the same
  if (clause > (longest * 2) / 3) return `${sentence.slice(0, clause)}…`
  const space = sentence.lastIndexOf(' ', longest - 1)
  const kept = sentence.slice(0, space > (longest * 2) / 3 ? space : longest - 1)
  return `${kept.replace(/[\s:;,]+$/, '')}…`
}

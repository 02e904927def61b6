import type { FaultSpan, Mark, PhaseSpan } from '../page/page-data.ts'
import type { JournalEntry } from '../run/journal.ts'
import { hasBegun, msOf, recordEndMs } from '../run/moments.ts'
import type { RunRecord } from '../run/record.ts'
import { stopperWords } from '../run/words/stopped-words.ts'
import { byWhomWords } from '../run/words/verdict-words.ts'

/** The moments that are numbered on the chart, in the order of their times. */
export function marks(record: RunRecord): Mark[] {
  if (!hasBegun(record)) return []
  const journaled = record.journal.filter(isFirstToSay).flatMap((entry) => {
    const text = markText(entry)
    return text === undefined ? [] : [{ atMs: msOf(record, entry.atUs), text: ofWhich(entry, record) + text }]
  })
  const ended = record.complete ? [] : [{ atMs: recordEndMs(record), text: 'record ends' }]
  return [...journaled, ...ended].sort((a, b) => a.atMs - b.atMs)
}

/** Two guardians take a fault back, and each says so. */
function isFirstToSay(entry: JournalEntry, n: number, journal: readonly JournalEntry[]): boolean {
  if (!('injection' in entry) || !('by' in entry) || entry.by !== 'guardian') return true
  const { injection, kind, by } = entry
  return !journal
    .slice(0, n)
    .some((one) => one.kind === kind && one.by === by && 'injection' in one && one.injection === injection)
}

/** `kill-worker `, `fault 2 `: which one of several it is; nothing where there is one alone. */
function ofWhich(entry: JournalEntry, { plan, journal }: RunRecord): string {
  if (!('injection' in entry)) return ''
  const { experiment } = entry
  const own = journal.filter((one) => one.kind === 'fault-injecting' && one.experiment === experiment)
  const number = own.length > 1 ? `fault ${numberOf(entry)} ` : ''
  return `${plan.experiments.length > 1 ? `${experiment} ` : ''}${number}`
}

/** Its place among the injections of its experiment: `RUN/EXPERIMENT/N`. */
const numberOf = ({ injection }: { readonly injection: string }): number =>
  Number(injection.split('/').at(-1))

function markText(entry: JournalEntry): string | undefined {
  switch (entry.kind) {
    case 'fault-injected':
      return 'injected'
    case 'fault-confirmed':
      return 'confirmed'
    case 'fault-mismatch':
      return 'mismatch'
    case 'fault-unproven':
      return 'unproven'
    case 'fault-undoing':
      return entry.by === 'guardian' ? 'the guardian acts' : undefined
    case 'fault-undone':
      return `undone${byWhomWords(entry.by)}`
    case 'fault-normal':
      return 'proven gone'
    case 'undo-failed':
      return 'undo failed'
    case 'people-noticed':
      return 'noticed by people'
    case 'stopped':
      return entry.by === 'machinery' ? 'stopped: the machinery failed' : `stopped by ${stopperWords(entry)}`
    default:
      return undefined
  }
}

/** Where each planned fault was on, from the journal; one that never was stands where the plan has it. */
export function faultSpans(record: RunRecord, phases: readonly PhaseSpan[]): FaultSpan[] {
  return record.plan.experiments.flatMap(({ name: experiment, phase }): FaultSpan[] => {
    const injected = record.journal
      .filter((entry) => entry.kind === 'fault-injected')
      .filter((entry) => entry.experiment === experiment)
    const planned = phases.find((span) => span.name === phase)
    if (injected.length === 0)
      return planned ? [{ experiment, planned: true, fromMs: planned.fromMs, toMs: planned.toMs }] : []
    return injected.map((start) => {
      const toMs = undoneMs(start, record) ?? recordEndMs(record)
      const span = { experiment, planned: false, fromMs: msOf(record, start.atUs), toMs }
      return injected.length > 1 ? { ...span, number: numberOf(start) } : span
    })
  })
}

/** Of this one of the experiment's faults, whichever of them is undone first. */
function undoneMs(
  { injection }: Extract<JournalEntry, { kind: 'fault-injected' }>,
  record: RunRecord,
): number | undefined {
  const undone = record.journal.find((one) => one.kind === 'fault-undone' && one.injection === injection)
  return undone && msOf(record, undone.atUs)
}

import type { FaultSpan, Mark, PhaseSpan } from '../page/page-data.ts'
import type { JournalEntry } from '../run/journal.ts'
import { hasBegun, msOf, recordEndMs } from '../run/moments.ts'
import type { RunRecord } from '../run/record.ts'
import { stopperWords } from '../run/stopped-words.ts'
import { byWhomWords } from '../run/verdict-words.ts'

/** The moments that are numbered on the chart, in the order of their times. */
export function marks(record: RunRecord): Mark[] {
  if (!hasBegun(record)) return []
  const several = record.plan.experiments.length > 1
  const journaled = record.journal.flatMap((entry) => {
    const text = markText(entry)
    const of = several && 'experiment' in entry ? `${entry.experiment} ` : ''
    return text === undefined ? [] : [{ atMs: msOf(record, entry.atUs), text: of + text }]
  })
  const ended = record.complete ? [] : [{ atMs: recordEndMs(record), text: 'record ends' }]
  return [...journaled, ...ended].sort((a, b) => a.atMs - b.atMs)
}

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
    const of = record.journal.filter((entry) => 'injection' in entry && entry.experiment === experiment)
    const injected = of.filter((entry) => entry.kind === 'fault-injected')
    const planned = phases.find((span) => span.name === phase)
    if (injected.length === 0)
      return planned ? [{ experiment, planned: true, fromMs: planned.fromMs, toMs: planned.toMs }] : []
    return injected.map((start) => {
      const undone = of.find((entry) => entry.kind === 'fault-undone' && entry.atUs >= start.atUs)
      const toMs = undone ? msOf(record, undone.atUs) : recordEndMs(record)
      return { experiment, planned: false, fromMs: msOf(record, start.atUs), toMs }
    })
  })
}

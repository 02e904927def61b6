import type { JournalEntry } from '../run/journal.ts'
import type { PlannedExperiment } from '../run/plan.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { victimWords } from '../run/words/fault-words.ts'
import {
  type Activity,
  activitiesOf,
  checkProbe,
  type ExperimentActivities,
  HELD,
  hypothesisProbe,
} from './chaos-toolkit-activities.ts'
import { jsonDocument } from './json.ts'

/** The version of chaoslib whose format this is; by it readers of journals choose how to read them. */
const CHAOSLIB_VERSION = '1.44.0'

type ExperimentEntry = Extract<JournalEntry, { experiment: string }>
type InjectionEntry = Extract<ExperimentEntry, { injection: string }>

/** One journal an experiment, as `chaos run` of Chaos Toolkit writes it, by the experiment's name. */
export function toChaosToolkit(record: RunRecord, verdict: Verdict): ReadonlyMap<string, string> {
  return new Map(
    record.plan.experiments.map((one) => [one.name, `${jsonDocument(journalOf(one, record, verdict))}\n`]),
  )
}

function journalOf(planned: PlannedExperiment, record: RunRecord, verdict: Verdict) {
  const entries = record.journal.filter(
    (entry): entry is ExperimentEntry => 'experiment' in entry && entry.experiment === planned.name,
  )
  const activities = activitiesOf(planned)
  const injections = [...Map.groupBy(entries.filter(isOfInjection), ({ injection }) => injection).values()]
  const before = steadyState('before', planned, entries)
  const after = steadyState('after', planned, entries)
  const run = [...injections.flatMap((one) => injected(one, activities)), ...checked(planned, entries)]
  const rollbacks = injections.flatMap((one) => undone(one, activities))
  const [startUs, endUs] = spanOf(entries, record)
  const isFine = [...run, ...rollbacks].every(({ status }) => status === 'succeeded')
  return {
    'chaoslib-version': CHAOSLIB_VERSION,
    platform: record.run.machine.system,
    node: 'not recorded',
    experiment: experimentOf(planned, activities, { record, verdict }),
    ...timesOf(startUs, endUs),
    status: after === null ? statusOfUnfinished(verdict) : isFine ? 'completed' : 'failed',
    deviated: after !== null && !after.steady_state_met,
    steady_states: { before, after, during: [] },
    ...{ run, rollbacks },
  }
}

const isOfInjection = (entry: ExperimentEntry): entry is InjectionEntry => 'injection' in entry

/** Its end was not seen: for the reason for which the run ended, or a fault is not proven gone. */
function statusOfUnfinished({ outcome }: Verdict): 'aborted' | 'interrupted' | 'failed' {
  return outcome === 'aborted' || outcome === 'interrupted' ? outcome : 'failed'
}

function experimentOf(
  planned: PlannedExperiment,
  { inject, prove, checks, undo, proveGone }: ExperimentActivities,
  { record, verdict }: { readonly record: RunRecord; readonly verdict: Verdict },
) {
  const { title, why, hypothesis, phase } = planned
  return {
    ...{ title, description: why, tags: [record.plan.name, record.plan.target.name] },
    'steady-state-hypothesis': {
      title: hypothesis.map(({ expects }) => expects).join('; '),
      probes: hypothesis.map(hypothesisProbe),
    },
    method: [inject, prove, ...checks],
    rollbacks: [undo, proveGone],
    extensions: [
      {
        ...{ name: 'gauntlet', version: record.run.gauntlet, run: record.run.id, phase },
        ...{ outcome: verdict.outcome, verdict: verdict.verdict, why: verdict.why },
        objectives: verdict.objectives.map((one) => ({ name: one.name, verdict: one.verdict })),
      },
    ],
  }
}

/** Null when it was not asked. */
function steadyState(
  when: 'before' | 'after',
  { hypothesis }: PlannedExperiment,
  entries: readonly ExperimentEntry[],
) {
  const answers = entries.filter((entry) => entry.kind === 'hypothesis').filter((one) => one.when === when)
  if (answers.length === 0) return null
  const probes = answers.flatMap(({ probe, held, seen, atUs }) => {
    const asked = hypothesis.find(({ name }) => name === probe)
    if (asked === undefined) return []
    const output = `${held ? HELD : 'not held: '}${seen}`
    // the journal has the moment of the answer alone
    const times = timesOf(atUs, atUs)
    return [{ activity: hypothesisProbe(asked), output, ...times, status: 'succeeded', tolerance_met: held }]
  })
  const isWhole = hypothesis.every(({ name }) => answers.some(({ probe }) => probe === name))
  return { steady_state_met: isWhole && answers.every(({ held }) => held), probes }
}

function injected(entries: readonly InjectionEntry[], { inject, prove }: ExperimentActivities) {
  const injecting = entries.find(({ kind }) => kind === 'fault-injecting')
  const on = entries.find(({ kind }) => kind === 'fault-injected')
  // what is said last of it counts: it is looked for once more before the undo
  const proof = entries.findLast(
    (one) => one.kind === 'fault-confirmed' || one.kind === 'fault-mismatch' || one.kind === 'fault-unproven',
  )
  const victims = injecting?.kind === 'fault-injecting' ? injecting.victims.map(victimWords) : []
  return [
    ...ranFrom(inject, injecting, { end: on, output: victims, isDone: on !== undefined }),
    ...ranFrom(prove, on, { end: proof, isDone: proof?.kind === 'fault-confirmed' }),
  ]
}

/** Status checks beside the faults; the journal has the moment in which one was known alone. */
function checked({ checks = [] }: PlannedExperiment, entries: readonly ExperimentEntry[]) {
  return entries.flatMap((entry) => {
    const check = checks.find(({ name }) => entry.kind === 'status-check' && entry.check === name)
    if (check === undefined || entry.kind !== 'status-check') return []
    const { atUs, held, seen } = entry
    const output = `${held ? HELD : 'not held: '}${seen}`
    return [
      {
        activity: checkProbe(check),
        output,
        ...timesOf(atUs, atUs),
        status: 'succeeded',
        tolerance_met: held,
      },
    ]
  })
}

function undone(entries: readonly InjectionEntry[], { undo, proveGone }: ExperimentActivities) {
  const undoing = entries.find(({ kind }) => kind === 'fault-undoing')
  const off = entries.find(({ kind }) => kind === 'fault-undone')
  // the last word counts: what failed may have been done again, and been seen to work
  const gone = entries.findLast(({ kind }) => kind === 'fault-normal' || kind === 'undo-failed')
  return [
    ...ranFrom(undo, undoing, { end: off, isDone: off !== undefined }),
    ...ranFrom(proveGone, off, { end: gone, isDone: gone?.kind === 'fault-normal' }),
  ]
}

interface Ran {
  /** undefined: the record ends before it */
  readonly end: InjectionEntry | undefined
  readonly output?: unknown
  readonly isDone: boolean
}

/** The run of an activity between two entries of the journal; none when it never began. */
function ranFrom(
  activity: Activity,
  start: InjectionEntry | undefined,
  { end, isDone, output = seenIn(end) }: Ran,
) {
  if (start === undefined) return []
  const times = timesOf(start.atUs, end?.atUs ?? start.atUs)
  const head = { activity, output, ...times }
  if (isDone) return [{ ...head, status: 'succeeded' }]
  return [{ ...head, status: 'failed', exception: [seenIn(end) ?? 'its end is not recorded'] }]
}

/** What a probe saw; null of what is no probe. */
const seenIn = (entry: InjectionEntry | undefined): string | null =>
  entry !== undefined && 'seen' in entry ? entry.seen : null

/** From its first to its last entry, in microseconds since 1970; of one that was never begun, when the run started. */
function spanOf(entries: readonly ExperimentEntry[], { run }: RunRecord): readonly [number, number] {
  const times = entries.map(({ atUs }) => atUs)
  const [first = run.startedAtUs] = times
  return [first, times.reduce((latest, atUs) => Math.max(latest, atUs), first)]
}

/** `duration` is in seconds. */
const timesOf = (startUs: number, endUs: number) => ({
  start: isoTime(startUs),
  end: isoTime(endUs),
  duration: (endUs - startUs) / 1e6,
})

/** As Python's isoformat() has it, with microseconds: `2026-11-21T08:02:52.757521+00:00`. */
function isoTime(atUs: number): string {
  const toMs = new Date(Math.floor(atUs / 1000)).toISOString().slice(0, -1)
  return `${toMs}${String(Math.floor(atUs % 1000)).padStart(3, '0')}+00:00`
}

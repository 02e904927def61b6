import {
  type FaultVerdict,
  faultWords,
  GauntletError,
  type JournalEntry,
  type JournalKind,
  type PlannedExperiment,
  type PlannedObjective,
  type RunRecord,
  victimWords,
} from '../../reports/run/index.ts'
import { impactOf } from './impact.ts'
import { loadEndMs, sinceZeroMs } from './moments.ts'
import { type FaultEntry, recoveryOf } from './recovery.ts'

/** What became of each planned fault, as the journal tells it, and what it did to these objectives. */
export function faultVerdicts(record: RunRecord, objectives: readonly PlannedObjective[]): FaultVerdict[] {
  return record.plan.experiments
    .map((experiment) => faultVerdict(experiment, objectives, record))
    .sort((a, b) => (a.experiment < b.experiment ? -1 : 1))
}

function faultVerdict(
  experiment: PlannedExperiment,
  objectives: readonly PlannedObjective[],
  record: RunRecord,
): FaultVerdict {
  const { journal } = record
  const { name, title } = experiment
  const entries = journal.filter(
    (entry): entry is FaultEntry => 'injection' in entry && entry.experiment === name,
  )
  const last = <Kind extends JournalKind>(kind: Kind) =>
    entries.findLast((entry): entry is Extract<FaultEntry, { readonly kind: Kind }> => entry.kind === kind)
  const first = (kind: JournalKind) => entries.find((entry) => entry.kind === kind)
  const atMs = (kind: JournalKind): number | null => sinceZeroMs(last(kind), journal)
  const injections = [...Map.groupBy(entries, ({ injection }) => injection).values()]
  /** null until it is said of all of them */
  const allMs = (kind: JournalKind): number | null =>
    injections.filter(wasBegun).every((of) => of.some((entry) => entry.kind === kind)) ? atMs(kind) : null
  refuseTwice(name, record)
  return {
    ...{ experiment: name, title, does: faultWords(experiment).does },
    proof: worst(injections.map(proofOf), PROOFS_WORST_FIRST) ?? 'not injected',
    undo: worst(injections.map(undoOf), UNDOS_WORST_FIRST) ?? 'not needed',
    undoneBy: last('fault-normal')?.by ?? last('fault-undone')?.by ?? last('fault-undoing')?.by ?? null,
    injectedMs: sinceZeroMs(first('fault-injected'), journal),
    confirmedMs: allMs('fault-confirmed'),
    undoneMs: allMs('fault-undone'),
    normalMs: allMs('fault-normal'),
    victims: entries.flatMap((entry) =>
      entry.kind === 'fault-injecting' ? entry.victims.map(victimWords) : [],
    ),
    ...(experiment.faultOnly ? { recovery: recoveryOf(name, injections, journal) } : {}),
    seen: [
      ...hypothesisSeen(name, 'before', journal),
      ...seenBeside(name, journal),
      ...hypothesisSeen(name, 'after', journal),
    ],
    impact: impactAfter(entries, allMs('fault-normal'), objectives, record),
  }
}

/** Until the next fault, or the end of the load; a fault that was never injected did nothing. */
function impactAfter(
  own: readonly FaultEntry[],
  normalMs: number | null,
  objectives: readonly PlannedObjective[],
  record: RunRecord,
): FaultVerdict['impact'] {
  const { journal } = record
  const injected = own.find(({ kind }) => kind === 'fault-injected')
  const injectedMs = sinceZeroMs(injected, journal)
  if (injected === undefined || injectedMs === null) return []
  const others = journal.filter((entry) => 'injection' in entry && entry.experiment !== injected.experiment)
  const next = others.find(({ kind, atUs }) => kind === 'fault-injected' && atUs > injected.atUs)
  const untilMs = Math.min(sinceZeroMs(next, journal) ?? loadEndMs(record), loadEndMs(record))
  const before = others.findLast(({ kind, atUs }) => kind === 'fault-normal' && atUs < injected.atUs)
  const sinceMs = before === undefined ? 0 : (sinceZeroMs(before, journal) ?? 0)
  return impactOf({ sinceMs, injectedMs, normalMs, untilMs }, objectives, record)
}

/** What came of a fault, and its price, are told of one phase: no plan may have a second. */
function refuseTwice(experiment: string, { run, plan }: RunRecord): void {
  if (plan.phases.filter(({ experiments }) => experiments.includes(experiment)).length < 2) return
  throw new GauntletError('INJECTED_TWICE', `${run.id} injects ${experiment} more than once`, {
    hint: 'a fault that is to come twice needs two experiments, each with its own name',
  })
}

const PROOFS_WORST_FIRST = ['mismatch', 'unproven', 'not injected', 'confirmed'] as const
const UNDOS_WORST_FIRST = ['failed', 'not undone', 'undone', 'proven gone', 'not needed'] as const

/** Of a fault at several victims the worst is told. */
const worst = <Word>(words: readonly Word[], worstFirst: readonly Word[]): Word | undefined =>
  worstFirst.find((word) => words.includes(word))

function proofOf(injection: readonly FaultEntry[]): FaultVerdict['proof'] {
  const has = (kind: JournalKind): boolean => injection.some((entry) => entry.kind === kind)
  if (has('fault-mismatch')) return 'mismatch'
  if (has('fault-unproven')) return 'unproven'
  if (has('fault-confirmed')) return 'confirmed'
  return has('fault-injected') ? 'unproven' : 'not injected'
}

/** Of what was not hit before its phase was over, the journal says no more than that. */
const wasBegun = (injection: readonly FaultEntry[]): boolean =>
  injection.some(({ kind }) => kind !== 'fault-unproven')

/** The last word counts: what the guardian proved gone after the harness failed is gone. */
function undoOf(injection: readonly FaultEntry[]): FaultVerdict['undo'] {
  if (!wasBegun(injection)) return 'not needed'
  const last = injection.findLast(({ kind }) =>
    ['fault-normal', 'undo-failed', 'fault-undone'].includes(kind),
  )
  switch (last?.kind) {
    case 'fault-normal':
      return 'proven gone'
    case 'undo-failed':
      return 'failed'
    case 'fault-undone':
      return 'undone'
    default: // one that was about to be injected may have been
      return 'not undone'
  }
}

type Seen = FaultVerdict['seen']

function hypothesisSeen(name: string, when: 'before' | 'after', journal: readonly JournalEntry[]): Seen {
  return journal.flatMap((entry) =>
    entry.kind === 'hypothesis' && entry.experiment === name && entry.when === when
      ? [{ when, what: entry.seen }]
      : [],
  )
}

/** In the order in which it was seen, by the fault's own probe or by a status check beside it. */
function seenBeside(name: string, journal: readonly JournalEntry[]): Seen {
  return journal.flatMap((entry) => {
    if (!('experiment' in entry) || entry.experiment !== name || !('seen' in entry)) return []
    if (entry.kind === 'hypothesis') return []
    if (entry.kind === 'status-check')
      return [
        { when: 'during', what: `${entry.check} ${entry.held ? 'succeeded' : 'failed'}: ${entry.seen}` },
      ]
    const isAfter = entry.kind === 'fault-normal' || entry.kind === 'undo-failed'
    return [{ when: isAfter ? 'after' : 'during', what: entry.seen }]
  })
}

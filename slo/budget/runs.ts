import {
  GauntletError,
  type PlannedObjective,
  type RunRecord,
  type Verdict,
} from '../../reports/run/index.ts'
import { judge } from '../judge/index.ts'

export interface JudgedRun {
  readonly record: RunRecord
  readonly verdict: Verdict
}

/** Asks every run about every objective that one of them has: a drill tells of all of them. */
export function judgeAll(
  records: readonly RunRecord[],
  objectives: readonly PlannedObjective[],
): JudgedRun[] {
  const runs = [...new Map(records.map((record) => [record.run.id, record])).values()]
    .sort((a, b) => (a.run.id < b.run.id ? -1 : 1))
    .map((record) => ({ record, verdict: judge(record, objectives) }))
  const crashed = runs.find(({ verdict }) => verdict.outcome === 'crashed')
  if (crashed === undefined) return runs
  throw new GauntletError(
    'RUN_CRASHED',
    `${crashed.record.run.id} crashed: what its faults cost is not known`,
    {
      hint: 'leave it out',
    },
  )
}

/** The objectives of all runs, each once, sorted by name; those that are promised over no window get this one. */
export function promisesOf(records: readonly RunRecord[], windowMs: number | undefined): PlannedObjective[] {
  const found = new Map<string, { readonly objective: PlannedObjective; readonly run: string }>()
  for (const { plan, run } of records)
    for (const planned of plan.objectives) {
      const objective = windowMs === undefined ? planned : { windowMs, ...planned }
      const known = found.get(planned.name)
      if (known === undefined) found.set(planned.name, { objective, run: run.id })
      else if (promiseOf(known.objective) !== promiseOf(objective))
        throw new GauntletError(
          'PROMISES_DIFFER',
          `${known.run} and ${run.id} promise different things by the name ${planned.name}`,
          { hint: 'give runs of one version of the objectives' },
        )
    }
  return [...found.values()].map(({ objective }) => objective).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What is promised, whichever phases it was asked of. */
const promiseOf = ({ phases: _, advisory: __, title: ___, ...promise }: PlannedObjective): string =>
  JSON.stringify(promise)

import { basename } from 'node:path'
import type { PlannedObjective } from '../../../reports/run/index.ts'
import { readResults } from '../../../scenarios/readers/index.ts'
import { judge } from '../../../slo/judge/index.ts'
import type { ResolvedSlo } from '../../../slo/model/index.ts'
import { placeSlos } from '../draft/judge-objectives.ts'
import { thresholds } from '../plan/thresholds.ts'
import { foreignPhase, foreignRecord } from './foreign-record.ts'
import type { Judgement } from './judge-again.ts'
import { unseenNames } from './judge-unseen.ts'

/** What no results file of another tool holds, whichever it is. */
const NOT_SEEN = [
  'latency counts from the actual start: nothing in such a file tells when a request was due',
  'nothing in such a file tells whether the load generator itself kept up',
  'requests in flight at its end are not in such a file: a target that hung then looks better than it was',
]

/** Judges the results file of another tool, all of it as one phase. */
export async function judgeResults(path: string, slos: readonly ResolvedSlo[]): Promise<Judgement> {
  // the length of the phase is known only when the file is read
  const { objectives } = placeSlos(slos, [foreignPhase(0)])
  const names = objectives.flatMap(namesOf)
  const results = await readResults(path, { thresholdsMs: thresholds(objectives), names })
  const record = foreignRecord(results, { name: basename(path), objectives })
  return {
    record,
    verdict: judge(record),
    notes: [...results.notes, ...NOT_SEEN, ...unseenNames(record, objectives)],
  }
}

const namesOf = (objective: PlannedObjective): string[] =>
  (objective.members ?? [objective]).flatMap(({ total }) => total.name ?? [])

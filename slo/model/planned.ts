import {
  type Measure,
  type PlannedObjective,
  type PlannedPhase,
  parseDuration,
} from '../../reports/run/index.ts'
import { promisedWords } from './promised.ts'
import { evidenceOf, NOUN, type Slo, type Source } from './slo.ts'

/** What a plan adds to an objective. */
export interface Placement {
  /** judged phases that the plan names for it, or all of them */
  readonly phases: readonly PlannedPhase[]
  readonly advisory: boolean
}

/** The objective as the judge needs it, over those of the phases in which its kind of evidence is judged. */
export function toPlannedObjective(slo: Slo, { phases, advisory }: Placement): PlannedObjective {
  const { good, bad, total } = slo.spec.indicator.spec.ratioMetric
  const evidence = evidenceOf(slo)
  const measure = toMeasure(total.metricSource.spec)
  const kind = { evidence, total: measure }
  return {
    name: slo.metadata.name,
    title: slo.metadata.displayName,
    advisory,
    phases: phases.filter((phase) => isJudgedIn(kind, phase)).map(({ name }) => name),
    evidence,
    total: measure,
    ...(good === undefined ? {} : { good: toMeasure(good.metricSource.spec) }),
    ...(bad === undefined ? {} : { bad: toMeasure(bad.metricSource.spec) }),
    targetRatio: slo.spec.objectives[0]?.target ?? 0,
    promised: promisedWords(slo),
    noun: slo.metadata.annotations?.[NOUN] ?? nounOf(measure),
  }
}

/** An audit takes two cores, so in its phase only pages are judged; a census covers the whole run. */
function isJudgedIn(
  { evidence, total }: Pick<PlannedObjective, 'evidence' | 'total'>,
  { load, audits }: PlannedPhase,
): boolean {
  if (evidence === 'census') return false
  return total.measure === 'page' ? audits.length > 0 : load && audits.length === 0
}

function toMeasure({ within, ...source }: Source): Measure {
  const withinMs = within === undefined ? undefined : parseDuration(within)
  return withinMs === undefined ? source : { ...source, withinMs }
}

function nounOf({ measure, name }: Measure): string {
  const nouns = { metric: 'samples', page: 'audits', fact: name ?? 'facts' }
  return measure === 'metric' || measure === 'page' || measure === 'fact' ? nouns[measure] : `${measure}s`
}

import {
  type Complaint,
  LOAD_OUTCOMES,
  nearestHint,
  type YamlDocument,
  type YamlPath,
} from '../../reports/run/index.ts'
import { EVIDENCE, NOUN, type Slo, type Source } from './slo.ts'

type Say = (path: YamlPath, message: string, hint: string, on?: 'key') => void
type Part = 'good' | 'bad' | 'total'

const EVIDENCE_KINDS = ['sample', 'census', 'repeats']
/** Outcomes of a fact that have a time limit in their meaning, and those that have none. */
const TIMED = ['done', 'late']
const UNTIMED = ['known', 'lost', 'twice']
const RATIO = ['spec', 'indicator', 'spec', 'ratioMetric'] as const
const ANNOTATIONS = ['metadata', 'annotations'] as const

/** What a schema cannot say: mistakes of an objective whose shape is right. */
export function mistakesIn(slo: Slo, document: YamlDocument): Complaint[] {
  const complaints: Complaint[] = []
  const say: Say = (path, message, hint, on) =>
    complaints.push(document.complaint(path, message, { hint, ...(on === undefined ? {} : { on }) }))
  const { good, bad, total } = slo.spec.indicator.spec.ratioMetric
  const parts = { good, bad, total }
  checkAnnotations(slo, say)
  checkTarget(slo, say)
  if ((good === undefined) === (bad === undefined))
    say(RATIO, 'ratioMetric needs either good or bad', 'beside total, give the events that count as good')
  for (const part of ['good', 'bad', 'total'] as const) {
    const source = parts[part]?.metricSource.spec
    if (source !== undefined) checkSource(source, part, total.metricSource.spec, say)
  }
  checkEvidence(slo, say)
  return complaints.sort((a, b) => a.line - b.line || a.column - b.column)
}

function checkAnnotations({ metadata }: Slo, say: Say): void {
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    const path = [...ANNOTATIONS, key]
    if (key.startsWith('gauntlet/') && key !== EVIDENCE && key !== NOUN)
      say(path, `unknown annotation "${key}"`, nearestHint(key, [EVIDENCE, NOUN]), 'key')
    if (key === EVIDENCE && !EVIDENCE_KINDS.includes(value))
      say(path, `unknown evidence "${value}"`, nearestHint(value, EVIDENCE_KINDS))
  }
}

function checkTarget({ spec }: Slo, say: Say): void {
  const target = spec.objectives[0]?.target ?? 0
  const path = ['spec', 'objectives', 0, 'target']
  if (target === 1)
    say(
      path,
      'target 1 is not allowed by OpenSLO',
      'to ask that none is bad, use a census:\ngauntlet/evidence: census',
    )
  else if (target <= 0 || target > 1)
    say(
      path,
      `target ${target} is not a share of good events`,
      'expected a number above 0 and below 1, such as 0.999',
    )
}

function checkSource(source: Source, part: Part, total: Source, say: Say): void {
  const path = [...RATIO, part, 'metricSource', 'spec']
  if (source.measure !== total.measure)
    say(
      [...path, 'measure'],
      `${part} has measure ${source.measure}, total has ${total.measure}`,
      'count the same in both',
    )
  for (const key of ['name', 'scenario'] as const)
    if (source[key] !== total[key])
      say([...path, key], `${part} has another ${key} than total`, 'give both the same, or neither')
  checkOutcome(source, path, say)
  if (source.measure === 'fact' && part !== 'total') checkFact(source, part, say)
  if (source.within !== undefined && !mayHaveWithin(source, part))
    say([...path, 'within'], `${part} takes no within`, 'a time limit belongs to good')
  if (source.within !== undefined && source.measure === 'check')
    say([...path, 'within'], 'a check has no duration', 'leave within out, or limit its request or iteration')
  if (['metric', 'fact', 'page'].includes(source.measure) && source.name === undefined)
    say(path, `a ${source.measure} needs a name`, NAME_HINTS[source.measure] ?? 'name: …')
}

const NAME_HINTS: Readonly<Record<string, string>> = {
  metric: 'name: the metric that the journey adds to',
  fact: 'name: a fact of the target, such as orders',
  page: 'name: AUDIT/METRIC, such as home/largest-contentful-paint',
}

const mayHaveWithin = ({ measure }: Source, part: Part): boolean =>
  part === 'good' || (part === 'bad' && measure === 'fact')

/** Without an outcome every id would count, and without its limit one that stays open never would. */
function checkFact({ outcome, within }: Source, part: Part, say: Say): void {
  const path = [...RATIO, part, 'metricSource', 'spec']
  if (outcome === undefined) say(path, `${part} of a fact needs an outcome`, 'such as done, with within: 60s')
  else if (TIMED.includes(outcome) && within === undefined)
    say(path, `a fact that is ${outcome} needs a limit`, 'within: 60s')
  else if (UNTIMED.includes(outcome) && within !== undefined)
    say([...path, 'within'], `a fact that is ${outcome} takes no within`, 'only done and late have a limit')
}

function checkOutcome({ measure, outcome }: Source, path: YamlPath, say: Say): void {
  if (outcome === undefined) return
  const known: readonly string[] = measure === 'fact' ? [...TIMED, ...UNTIMED] : LOAD_OUTCOMES
  if (measure === 'page') say([...path, 'outcome'], 'a page visit has no outcome', 'give within instead')
  else if (!known.includes(outcome))
    say([...path, 'outcome'], `unknown outcome "${outcome}"`, nearestHint(outcome, known))
}

/** Each kind of evidence has its measures: a listed set has ids, few repeats are page visits, the rest is a sample. */
function checkEvidence({ metadata, spec }: Slo, say: Say): void {
  const { good, bad, total } = spec.indicator.spec.ratioMetric
  const { measure } = total.metricSource.spec
  const evidence = metadata.annotations?.[EVIDENCE] ?? 'sample'
  const path = metadata.annotations?.[EVIDENCE] === undefined ? ['metadata'] : [...ANNOTATIONS, EVIDENCE]
  if (evidence === 'census' && measure !== 'fact')
    say(path, `a ${measure} cannot be a census`, 'only acknowledged ids are a listed set: measure: fact')
  if (evidence === 'census' && bad === undefined)
    say(path, 'a census says what is bad', 'give bad in place of good, such as outcome: lost')
  if ((evidence === 'repeats') !== (measure === 'page'))
    say(
      path,
      `a ${measure} cannot be judged as ${evidence}`,
      'page visits are repeats, and nothing else is: gauntlet/evidence: repeats',
    )
  if (measure === 'page' && bad !== undefined)
    say([...RATIO, 'bad'], 'a page takes no bad', 'give good with within: 1.5s', 'key')
  if (measure === 'page' && good !== undefined && good.metricSource.spec.within === undefined)
    say([...RATIO, 'good', 'metricSource', 'spec'], 'a page needs a limit', 'within: 1.5s')
}

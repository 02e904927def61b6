import type {
  FaultVerdict,
  Finding,
  PlannedObjective,
  RunRecord,
  RunVerdict,
} from '../../reports/run/index.ts'
import { faultIsProven, recoveryWords } from '../../reports/run/words/verdict-words.ts'
import { outcomeOf } from './outcome.ts'

/** What promises nothing and breaks something: `gauntlet chaos run`. */
export function isJudgedByFaults({ plan }: RunRecord, planned: readonly PlannedObjective[]): boolean {
  return planned.length === 0 && plan.experiments.length > 0
}

/** Met: every fault was seen and is proven gone, and the steady state held before and after each. */
export function verdictByFaults(
  record: RunRecord,
  faults: readonly FaultVerdict[],
  findings: readonly Finding[],
): RunVerdict {
  if (findings.length > 0) return 'invalid'
  const isMet =
    outcomeOf(record) === 'completed' &&
    faults.every(faultIsProven) &&
    faults.every(isRecovered) &&
    record.plan.experiments.every(({ name }) => hasHeld(name, record))
  return isMet ? 'met' : 'inconclusive'
}

/** Of a fault that people were to recover from: they did. */
const isRecovered = ({ recovery }: FaultVerdict): boolean =>
  recovery === undefined || recovery.goneMs !== null

/** Why, for people: of a run that came to its end. */
export function whyByFaults(
  verdict: RunVerdict,
  faults: readonly FaultVerdict[],
  findings: readonly Finding[],
): string {
  if (verdict === 'invalid') return findings[0]?.why ?? ''
  const unrecovered = faults.find((one) => !isRecovered(one))
  if (unrecovered !== undefined)
    return `People did not take ${unrecovered.experiment} back in their time, so gauntlet did.`
  const recovered = faults.flatMap(({ recovery }) => (recovery === undefined ? [] : recoveryWords(recovery)))
  if (verdict === 'met' && recovered.length > 0) return `People recovered: ${recovered.join('; ')}.`
  if (verdict === 'met')
    return 'Each fault was seen and is proven gone; the steady state held before and after.'
  return 'The faults, or the steady state around them, were not seen to the end.'
}

function hasHeld(experiment: string, { journal }: RunRecord): boolean {
  return (['before', 'after'] as const).every((when) => {
    const asked = journal.filter(
      (entry) => entry.kind === 'hypothesis' && entry.experiment === experiment && entry.when === when,
    )
    return asked.length > 0 && asked.every((entry) => entry.kind === 'hypothesis' && entry.held)
  })
}

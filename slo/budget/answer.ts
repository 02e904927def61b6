import type { BudgetFault, Estimate, ObjectiveBudget } from '../../reports/run/index.ts'
import { counted, list, percent } from '../../reports/run/words/words.ts'

interface Asked {
  /** why the steady burn's bounds are not to be relied on; empty when they are */
  readonly refusal: string
  readonly steady: Estimate
  readonly faults: readonly BudgetFault[]
  readonly spentRatio: Estimate
  /** runs whose evidence is spoilt */
  readonly spoilt: number
}

type Answer = Pick<ObjectiveBudget, 'answer' | 'why'>

/** JUDGING, rule 13: asked of an average window, at the bounds; what was never drilled leaves it open. */
export function answerOf(asked: Asked): Answer {
  const { spentRatio, spoilt } = asked
  const left = spoilt === 0 ? [] : [`${counted(spoilt, 'runs')} left out: the evidence is tainted.`]
  const say = (answer: Answer['answer'], ...why: string[]): Answer => ({ answer, why: [...why, ...left] })
  const unknown = whyUnknown(asked)
  const atLeast = whyAtLeast(asked)
  const { low, high } = spentRatio
  if (unknown.length > 0 || low === null || high === null) return say('inconclusive', ...unknown, ...atLeast)
  if (low > 1) return say('beyond', `An average window spends ${percent(low)} at least.`)
  if (atLeast.length > 0) return say('inconclusive', ...atLeast)
  if (high <= 1) return say('within', `An average window spends ${percent(high)} at most.`)
  const between = `${percent(low)} to ${percent(high)}`
  return say('inconclusive', `An average window may spend ${between}: ${narrower(asked)} would tell more.`)
}

function whyUnknown({ refusal, faults }: Asked): string[] {
  const missing = faults.filter(({ spentRatio }) => spentRatio.value === null)
  return [
    ...(refusal === '' ? [] : [refusal]),
    ...(missing.length === 0 ? [] : [`No incident of ${named(missing)} was measured.`]),
  ]
}

/** An incident that outlasted its run costs more than was seen: then only what is beyond the budget is certain. */
function whyAtLeast({ faults }: Asked): string[] {
  const open = faults.filter(({ open, perMonth }) => open > 0 && perMonth > 0)
  return open.length === 0
    ? []
    : [`What ${named(open)} costs is not known: it was not over when its run ended.`]
}

/** What would narrow the widest of the bounds. */
function narrower({ steady, faults }: Asked): string {
  const widest = faults.toSorted((a, b) => doubt(b.spentRatio) - doubt(a.spentRatio))[0]
  return widest === undefined || doubt(steady) >= doubt(widest.spentRatio)
    ? 'a longer time without faults'
    : `more drills of ${widest.experiment}`
}

const doubt = ({ value, high }: Estimate): number => (high ?? 0) - (value ?? 0)

const named = (faults: readonly BudgetFault[]): string => list(faults.map(({ experiment }) => experiment))

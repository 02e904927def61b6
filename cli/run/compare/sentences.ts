import { amount } from '../../../reports/render/index.ts'
import {
  type ComparedFigure,
  type ComparedObjective,
  type ComparisonFinding,
  type ComparisonVerdict,
  counted,
  list,
} from '../../../reports/run/index.ts'

type Undecided = Omit<ComparedFigure, 'why'>

/** Of a comparison as a whole. */
interface Course {
  readonly outcome: 'completed' | 'interrupted'
  /** pairs */
  readonly planned: number
}

/** What speaks for a verdict, with the values in it; empty when there is no regression in all the pairs. */
export function whyFigure(figure: Undecided, course: Course): string {
  return [decision(figure, course), partly(figure, course)].filter((one) => one !== '').join(' ')
}

function decision(figure: Undecided, { outcome }: Course): string {
  switch (figure.verdict) {
    case 'no-regression':
      return ''
    case 'regression':
      return `${subject(figure)} ${grown(figure)}; ${allowed(figure)}.`
    case 'inconclusive': {
      const seen = `${subject(figure)} ${between(figure)}; ${allowed(figure)}.`
      // what was broken off is not sure of anything, and more pairs are no remedy
      return outcome === 'completed' ? `${seen}${unsure(figure)}${needed(figure)}` : seen
    }
    default:
      return figure.verdict satisfies never
  }
}

/** A few pairs may lack a figure. */
const partly = ({ pairs }: Undecided, { outcome, planned }: Course): string =>
  outcome === 'interrupted' || pairs === planned ? '' : `It rests on ${pairs} of ${planned} pairs.`

function subject({ what }: Undecided): string {
  return { cpu: 'CPU time a request', latency: 'The usual latency', share: 'The share of bad ones' }[what]
}

function grown({ change, low, high, what }: Undecided): string {
  return `grew by ${amount(change, what)} (${amount(low, what)} to ${amount(high, what)})`
}

function between({ change, low, high, what }: Undecided): string {
  if (change === null) return 'was not seen on both sides'
  if (low === null || high === null) return 'was seen in too few pairs'
  return `changed by something between ${amount(low, what)} and ${amount(high, what)}`
}

const allowed = ({ tolerance, what }: Undecided): string =>
  `up to ${amount(tolerance, what)} is no regression`

/** Several claims at once are wrong more often than one (Holm). */
const unsure = ({ low, tolerance }: Undecided): string =>
  low !== null && low > tolerance ? ' Alone it would be one; among the others it is not sure enough.' : ''

const needed = ({ needsPairs }: Undecided): string =>
  needsPairs === null ? '' : ` About ${counted(needsPairs, 'pairs')} would decide it.`

interface Overall {
  readonly verdict: ComparisonVerdict
  readonly objectives: readonly ComparedObjective[]
  readonly findings: readonly ComparisonFinding[]
  readonly outcome: 'completed' | 'interrupted'
}

export function whyOverall({ verdict, objectives, findings, outcome }: Overall): string {
  const required = objectives.filter(({ advisory }) => !advisory)
  const named = (of: ComparedObjective['verdict']): string =>
    list(required.filter((one) => one.verdict === of).map(({ name }) => name))
  if (outcome === 'interrupted')
    return 'The comparison was stopped before its planned end, so it decides nothing.'
  switch (verdict) {
    case 'invalid':
      return findings[0]?.why ?? ''
    case 'regression':
      return `Worse in the head than in the base: ${named('regression')}.`
    case 'inconclusive':
      return required.length === 0
        ? 'The plan promises nothing that can be compared.'
        : `Not decided: ${named('inconclusive')}.`
    case 'no-regression':
      return `${noneOf(required)} worse in the head than in the base.`
    default:
      return verdict satisfies never
  }
}

function noneOf([only, ...others]: readonly ComparedObjective[]): string {
  return others.length === 0
    ? `${only?.name} is not`
    : `None of the ${others.length + 1} that were compared is`
}

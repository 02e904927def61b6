import type { ObjectiveVerdict, PlannedObjective } from '../../reports/run/index.ts'
import { count, counted, measuredInOne, percent } from '../../reports/run/words/words.ts'
import { limitWords } from '../model/index.ts'
import type { Measurement } from './measures/index.ts'
import { fewestCleanEvents } from './statistics/needed-events.ts'

type Figures = Measurement['figures']

/** The figure, then the promise: `Search p95 was 341 ms (329–354), over 300 ms`. Without its full stop. */
export function brokenWords(figures: Figures, objective: PlannedObjective): string {
  switch (figures.unit) {
    case 'count':
      return `${count(figures.bad)} of ${counted(figures.events, figures.noun)} ${censusWords(objective, figures.bad)}`
    case 'ms':
      return `${wasWords(figures)}, ${figures.better === 'lower' ? 'over' : 'under'} ${limitWords(figures.limit)}`
    case 'value':
      return `${wasWords(figures)}, promised ${figures.promised}`
    case 'ratio':
      return `${wasWords(figures)}, under ${figures.promised}`
    default:
      return figures.unit satisfies never
  }
}

/** `Search p95 was 289 ms (274–306); the interval crosses the 300 ms objective`: why's first sentence, without its stop. */
export function openWords(figures: Figures, why: string): string {
  const [first = ''] = why.split('. ')
  const said = uncapital(first).replace(/\.$/, '')
  return figures.value === null || figures.unit === 'count'
    ? `${figures.title}: ${said}`
    : `${wasWords(figures)}; ${said}`
}

/** `Search p95 was 341 ms (329–354)`, `API mean was 251 ms (240–262)`: the promise's words up to its limit. */
function wasWords(figures: Figures): string {
  const [what = ''] = figures.promised.split(/ [<>≤≥] /)
  const { quantile, statistic, unit, promised } = figures
  const isNamed = quantile !== null || (statistic !== 'share' && unit !== 'ratio' && what !== promised)
  return `${figures.title}${isNamed ? ` ${what}` : ''} was ${measuredInOne(figures)}`
}

/** How many times over a violated objective used up what is allowed. */
export function timesAllowed({ statistic, badRatio, value, limit, better }: ObjectiveVerdict): number {
  if (statistic === 'share') return (badRatio.value ?? 0) / badRatio.allowed
  return better === 'lower' ? (value ?? 0) / limit : limit / (value ?? limit)
}

/** Why an objective is violated, below its own row: what share was bad, and what share may be. */
export function whyBroken(figures: Figures, objective: PlannedObjective): string {
  const { unit, badRatio, noun, limit, value } = figures
  if (unit === 'count' || figures.statistic !== 'share' || objective.members !== undefined)
    return `${brokenWords(figures, objective)}.`
  const share = `${percent(badRatio.value ?? value ?? 0)} of ${noun}`
  const may = percent(badRatio.allowed)
  const orFailed = objective.total.measure === 'fact' ? '' : ' or failed'
  return unit === 'ms'
    ? `${share} took longer than ${limitWords(limit)}${orFailed}; ${may} may.`
    : `${share} were bad; ${may} may be.`
}

/** Why neither is decided, when nothing spoiled the evidence. */
export function whyOpen({ figures, note, broken, refusal }: Measurement, alpha: number): string {
  const { events, noun, unit, badRatio, limit, promised } = figures
  if (events === 0 || unit === 'count') return note
  const fewest = figures.statistic === 'share' ? fewestCleanEvents(badRatio.allowed) : 0
  if (events < fewest)
    return sentences(
      `${counted(events, noun)} cannot decide it; ${count(fewest)} could, with none bad.`,
      refusal,
      note,
    )
  if (broken(alpha))
    return 'It looks broken, but where several objectives are judged together that may be chance.'
  if (refusal !== '') return sentences(refusal, note)
  if (note !== '') return note
  return `The interval crosses the ${unit === 'ms' ? limitWords(limit) : promised} objective.`
}

const sentences = (...said: readonly string[]): string => said.filter((one) => one !== '').join(' ')

function censusWords({ bad }: PlannedObjective, many: number): string {
  const was = many === 1 ? 'was' : 'were'
  return bad?.outcome === 'twice' ? `${was} done twice` : `${was} ${bad?.outcome ?? 'bad'}`
}

const uncapital = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

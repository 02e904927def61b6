import type { BudgetFault, Estimate, ObjectiveBudget } from '../run/budget.ts'
import { count, counted, duration, measuredInOne } from '../run/words/words.ts'
import { bar, shareWords } from './budget-words.ts'
import { ascii, column, wrap } from './plain.ts'

const DAY_MS = 86_400_000
const NOTE = ' '.repeat(24)

/** What one objective's budget goes to: the steady burn and each fault, with a bar. */
export function budgetDetails(objective: ObjectiveBudget): string[] {
  const { name, answer, windowMs, why, steady, faults } = objective
  return [
    `  ${ascii(name)}, over ${windowWords(windowMs)}: ${ANSWER_WORDS[answer]}`,
    ...[...why, ...goodWords(objective), ...mostWords(objective)].flatMap((sentence) =>
      wrap(ascii(sentence), '    '),
    ),
    ...part('steady burn', steady.spentRatio, [
      `${count(steady.bad)} of ${counted(steady.events, objective.noun)} bad without a fault`,
    ]),
    ...faults.flatMap((fault) => part(fault.experiment, fault.spentRatio, faultNotes(fault, windowMs))),
  ]
}

const ANSWER_WORDS: Readonly<Record<ObjectiveBudget['answer'], string>> = {
  within: 'within its budget',
  beyond: 'beyond its budget',
  inconclusive: 'inconclusive',
}

function part(name: string, { value, high }: Estimate, notes: readonly string[]): string[] {
  const most = high === null ? '' : `  at most ${shareWords(high)}`
  return [
    `    ${column(ascii(name), 20)}${bar(value, high)} ${shareWords(value).padStart(8)}${most}`,
    ...notes.flatMap((note) => wrap(ascii(note), NOTE)),
  ]
}

function faultNotes(fault: BudgetFault, windowMs: number): string[] {
  const { perMonth, incidents, open, longestMs, costRatio } = fault
  const times = `${figure((perMonth * windowMs) / (30 * DAY_MS))} in ${windowWords(windowMs)}`
  if (incidents === 0) return [`${times}, no incident measured`]
  const lasted = longestMs === null ? '' : `, the longest ${duration(longestMs)}`
  const unfinished = open === 0 ? '' : `, ${counted(open, 'drills')} not over when the run ended`
  return [
    `${times}, ${shareWords(costRatio.value)} each`,
    `${counted(incidents, 'drills')}${lasted}${unfinished}${incidents === 1 ? '; one tells little of the next' : ''}`,
    ...breakingPoint(fault),
  ]
}

function breakingPoint({ breaksPerMonth, perMonth }: BudgetFault): string[] {
  if (breaksPerMonth === null) return []
  if (breaksPerMonth === 0) return ['the rest leaves nothing for it']
  return [`would use the budget up at ${figure(breaksPerMonth)} in 30 d, assumed ${figure(perMonth)}`]
}

function goodWords({ goodRatio, targetRatio, noun, promised }: ObjectiveBudget): string[] {
  const { value, low, high } = goodRatio
  if (value === null) return []
  const good = measuredInOne({ unit: 'ratio', limit: targetRatio, value, low, high, events: 0 })
  return [`${good} of ${noun} good in an average window; promised ${promised}.`]
}

const mostWords = ({ biggest }: ObjectiveBudget): string[] =>
  biggest === null ? [] : [`Most of it goes to: ${biggest}.`]

const windowWords = (ms: number): string => (ms % DAY_MS === 0 ? `${count(ms / DAY_MS)} d` : duration(ms))

/** How often, to three figures. */
const figure = (times: number): string =>
  times >= 1000 ? count(Math.round(times)) : String(Number(times.toPrecision(3)))

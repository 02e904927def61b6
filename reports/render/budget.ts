import type { BudgetReport, ObjectiveBudget } from '../run/budget.ts'
import { count, counted, list } from '../run/words/words.ts'
import { budgetDetails } from './budget-details.ts'
import { lastsWords, shareWords } from './budget-words.ts'
import { ascii, column, wrap } from './plain.ts'

/** `gauntlet slo budget`: what a window of weeks costs of each error budget. 80 columns of ASCII. */
export function budgetText(report: BudgetReport): string {
  const blocks = [
    head(report),
    table(report.objectives),
    ...report.objectives.map(budgetDetails),
    foot(report),
  ]
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

function head({ runs, simulated }: BudgetReport): string[] {
  return [
    ...wrap(`Error budgets, from ${counted(runs.length, 'runs')}: ${list(runs)}`),
    ...wrap(
      'A run judges the ratio of bad events; the promise is made over weeks. So what was bad without faults is taken ' +
        'to go on all the time, at the same rate of events, and faults to come as often as assumed, each time as in ' +
        `one of these runs. Of ${count(simulated.windows)} windows simulated so (seed ${simulated.seed}), the budget spent:`,
    ),
  ]
}

const FIGURES = ['average', 'at most', 'median', '95 %', 'lasts'] as const

function table(objectives: readonly ObjectiveBudget[]): string[] {
  const row = (name: string, promised: string, figures: readonly string[]): string =>
    `  ${column(ascii(name), 20)}${column(ascii(promised), 16)}${figures.map((one) => one.padStart(8)).join('')}`
  return [
    row('objective', 'promised', FIGURES),
    ...objectives.map((one) =>
      row(one.name, one.promised, [
        ...[one.spentRatio.value, one.spentRatio.high, one.medianSpentRatio, one.p95SpentRatio].map(
          shareWords,
        ),
        lastsWords(one.lastsRatio),
      ]),
    ),
    '',
    ...wrap(
      '95 %: so many windows spend no more. lasts: the share of windows that keep to their budget.',
      '  ',
    ),
  ]
}

function foot({ objectives, leftOut, notDrilled }: BudgetReport): string[] {
  const rates = new Map(
    objectives.flatMap(({ faults }) => faults.map((fault) => [fault.experiment, fault] as const)),
  )
  return [
    ...[...rates.values()].flatMap(({ experiment, perMonth, why }) =>
      named('rate', `${experiment}, ${Number(perMonth.toPrecision(3))} in 30 d: ${why}`),
    ),
    ...leftOut.flatMap(({ objective, why }) => named('left out', `${objective}: ${why}`)),
    ...(notDrilled.length === 0 ? [] : named('not counted', `${list(notDrilled)}: in no plan of these runs`)),
  ]
}

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), ' '.repeat(14))
  return [`  ${column(name, 12)}${first.trimStart()}`, ...rest]
}

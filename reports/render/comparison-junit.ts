import type { ComparedFigure, ComparedObjective, Comparison } from '../run/comparison.ts'
import { runIdAtUs } from '../run/ids.ts'
import {
  amount,
  COMPARISON_WORDS,
  changeWords,
  comparisonTally,
  FIGURE_WORDS,
  sideWords,
} from '../run/words/comparison-words.ts'
import { type Case, junitXml, testCase } from './junit-xml.ts'

/** junit.xml of a comparison: a regression is a failure, inconclusive and invalid are errors; nothing is ever skipped. */
export function comparisonJunit(comparison: Comparison): string {
  const { plan, run, verdict, outcome, exitCode, base, head, objectives } = comparison
  return junitXml({
    name: plan,
    cases: [wholeCase(comparison), ...objectives.map((one) => objectiveCase(one, plan))],
    seconds: plannedSeconds(comparison),
    startedAtUs: runIdAtUs(run),
    properties: [
      ['run', run],
      ['verdict', verdict],
      ['outcome', outcome],
      ['exit-code', String(exitCode)],
      ['base', sideWords(base)],
      ['head', sideWords(head)],
    ],
  })
}

/** Of the load: how much of it an interrupted one had is not known here. */
function plannedSeconds({ schedule: { pairs, warmUpPairs, blockMs }, outcome }: Comparison): number {
  return outcome === 'completed' ? ((pairs + warmUpPairs) * 2 * blockMs) / 1000 : 0
}

/** The comparison itself: an error wherever it ended otherwise than by its objectives. */
function wholeCase(comparison: Comparison): Case {
  const { plan, why, verdict, outcome, exitCode, findings } = comparison
  const isToldByObjectives = exitCode === 0 || exitCode === 21
  const told = findings.map((one) => `${one.why} To do: ${one.hint}.`)
  return testCase({
    ...{ classname: plan, name: 'comparison', message: why },
    text: [why, comparisonTally(comparison), ...told].join('\n'),
    type: outcome === 'completed' ? verdict : outcome,
    problem: isToldByObjectives ? null : 'error',
  })
}

function objectiveCase({ name, verdict, advisory, figures }: ComparedObjective, plan: string): Case {
  const said = figures.map(figureWords)
  const text = [`${COMPARISON_WORDS[verdict]}: ${said.join('; ')}`, ...figures.map(({ why }) => why)]
    .filter((line) => line !== '')
    .join('\n')
  return testCase({
    ...{ classname: `${plan}.objectives`, name, type: verdict, message: said.join('; ') },
    text: advisory ? `advisory, not counted\n${text}` : text,
    problem: advisory ? null : problemOf(verdict),
  })
}

/** `latency +4.26 % (1.16–6.33), no regression up to 5 %` */
const figureWords = (figure: ComparedFigure): string =>
  `${FIGURE_WORDS[figure.what]} ${changeWords(figure)}, no regression up to ${amount(figure.tolerance, figure.what)}`

function problemOf(verdict: ComparedObjective['verdict']): Case['problem'] {
  switch (verdict) {
    case 'no-regression':
      return null
    case 'regression':
      return 'failure'
    case 'inconclusive':
      return 'error'
    default:
      return verdict satisfies never
  }
}

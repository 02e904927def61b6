import type { Comparison } from '../run/comparison.ts'
import {
  amount,
  bothSides,
  COMPARISON_WORDS,
  changeWords,
  FIGURE_WORDS,
  scheduleWords,
  sideWords,
} from '../run/words/comparison-words.ts'
import { capital, list } from '../run/words/words.ts'
import { worseFirst } from './comparison.ts'
import { text } from './markdown.ts'

/** What a pull request needs to know of a comparison, the worse ones first. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { verdict, exitCode, why, base, head, plan, leftOut, findings } = comparison
  const objectives = worseFirst(comparison.objectives)
  const whys = objectives.flatMap(({ name, figures }) =>
    figures.filter((one) => one.why !== '').map((one) => `- ${text(name)}: ${text(one.why)}`),
  )
  const tainted = findings.map((one) => `- ${text(one.why)} To do: ${text(one.hint)}.`)
  const blocks = [
    `## ${capital(COMPARISON_WORDS[verdict])}: ${text(head.name)} ${text(head.version)} (exit ${exitCode})`,
    text(why),
    table(objectives),
    whys.join('\n'),
    tainted.length === 0 ? '' : `Instrument: tainted\n${tainted.join('\n')}`,
    [
      `Base: ${text(sideWords(base))}`,
      `Head: ${text(sideWords(head))}`,
      `Load: plan ${text(plan)}, ${text(scheduleWords(comparison))}`,
    ].join(' · '),
    leftOut.length === 0 ? '' : `Not compared: ${text(list(leftOut))}`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function table(objectives: Comparison['objectives']): string {
  const rows = objectives.flatMap(({ name, advisory, figures }) =>
    figures.map((figure) => {
      const word = COMPARISON_WORDS[figure.verdict]
      const cells = [
        advisory ? `${word}, advisory` : `**${word}**`,
        text(name),
        FIGURE_WORDS[figure.what],
        text(changeWords(figure)),
        amount(figure.tolerance, figure.what),
        text(bothSides(figure)),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  )
  const head = '| verdict | objective | figure | change | no regression up to | base, head |'
  return [head, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n')
}

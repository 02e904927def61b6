import type { ComparedFigure, ComparedObjective, Comparison } from '../../run/comparison.ts'
import {
  amount,
  bothSides,
  COMPARISON_WORDS,
  changeWords,
  eventsWords,
  FIGURE_WORDS,
} from '../../run/words/comparison-words.ts'
import { list } from '../../run/words/words.ts'
import { ChangeBar, ChangeHead, SHAPE_OF } from '../change-bar.tsx'
import { Shape, Word } from '../shape.tsx'
import { Section } from './section.tsx'

const ABOUT =
  'Every bar has the greatest change that is no regression at the same line, no change left of it.'

/** A row a figure of each objective, in the plan's order. */
export function Changes({ comparison }: { comparison: Comparison }) {
  const { objectives, leftOut } = comparison
  return (
    <Section id="objectives" title="Objectives" about={ABOUT}>
      <table class="objectives changes">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Objective</th>
            <th scope="col">No regression up to</th>
            <th scope="col">Change in the head (interval)</th>
            <th scope="col" class="bar-column">
              <ChangeHead />
            </th>
            <th scope="col">Base, head</th>
          </tr>
        </thead>
        <tbody>
          {objectives.flatMap((objective) =>
            objective.figures.flatMap((figure) => [
              <Row key={`${objective.name} ${figure.what}`} objective={objective} figure={figure} />,
              <Why key={`${objective.name} ${figure.what} why`} figure={figure} />,
            ]),
          )}
        </tbody>
      </table>
      <p class="muted aside measure">
        A dot is a pair of neighbouring blocks, one of each side; the interval is that of their median, of a
        share that of all its events. The thin line is no change. The figures of both sides hold for this
        comparison alone.
      </p>
      {leftOut.length > 0 && <p class="aside measure">Not compared: {list(leftOut)}.</p>}
    </Section>
  )
}

interface RowProps {
  readonly objective: ComparedObjective
  readonly figure: ComparedFigure
}

/** The exact figures stand in the row's attributes, the worded ones in its cells. */
function Row({ objective, figure }: RowProps) {
  const { name, title, promised, noun } = objective
  const { what, verdict, change, low, high, tolerance } = figure
  const exact = { change, low, high, tolerance }
  const attributes = Object.fromEntries(
    Object.entries(exact).map(([key, value]) => [`data-${key}`, String(value)]),
  )
  const [value, interval] = changeWords(figure).split(/ (?=\()/)
  return (
    <tr data-objective={name} data-figure={what} data-verdict={verdict} {...attributes}>
      <td class="cell-verdict">
        <VerdictCell objective={objective} figure={figure} />
      </td>
      <td class="cell-name">
        <div class="name">{name}</div>
        <div>{FIGURE_WORDS[what]}</div>
        <div class="muted">{[title, promised].filter((one) => one !== '').join(', ')}</div>
      </td>
      <td class="cell-promised">{amount(tolerance, what)}</td>
      <td class="cell-measured">
        <div class="value">
          {value}
          {interval && <span> {interval}</span>}
        </div>
      </td>
      <td class="cell-bar">
        <ChangeBar figure={figure} />
      </td>
      <td class="cell-evidence">
        {bothSides(figure)}
        <div class="muted">{eventsWords(figure, noun)}</div>
      </td>
    </tr>
  )
}

function VerdictCell({ objective: { advisory }, figure: { verdict } }: RowProps) {
  const [shape, word] = [SHAPE_OF[verdict], COMPARISON_WORDS[verdict]]
  if (!advisory) return <Word name={shape}>{word}</Word>
  return (
    <>
      <span class="verdict is-none">
        <Shape name={shape} />
        {word}
      </span>
      <div class="muted">advisory</div>
    </>
  )
}

function Why({ figure: { why, verdict } }: { figure: ComparedFigure }) {
  if (why === '') return null
  return (
    <tr class={`note ${SHAPE_OF[verdict]}`}>
      <td />
      <td colSpan={5}>
        <div>
          <p>{why}</p>
        </div>
      </td>
    </tr>
  )
}

import type { Finding, ObjectiveVerdict } from '../../run/verdict.ts'
import { isTainted, notes } from '../../run/verdict-words.ts'
import { count, counted, measured } from '../../run/words.ts'
import { BarHead, IntervalBar } from '../interval-bar.tsx'
import { Shape, Word } from '../shape.tsx'
import { PhaseSplit } from './phase-split.tsx'
import { Section } from './section.tsx'

interface ObjectivesProps {
  readonly objectives: readonly ObjectiveVerdict[]
  readonly findings: readonly Finding[]
}

const ABOUT = 'Every bar has its target at the same line: left of it is kept, right of it is broken.'

export function Objectives({ objectives, findings }: ObjectivesProps) {
  return (
    <Section id="objectives" title="Objectives" about={ABOUT}>
      <table class="objectives">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Objective</th>
            <th scope="col">Promised</th>
            <th scope="col">Measured (interval)</th>
            <th scope="col" class="bar-column">
              <BarHead />
            </th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {objectives.flatMap((objective) => [
            <Row key={objective.name} objective={objective} />,
            <Note key={`${objective.name} note`} objective={objective} findings={findings} />,
          ])}
        </tbody>
      </table>
      <p class="muted aside measure">
        An interval is wrong in at most 2.5 % of runs on each side. <b>Met</b>: the whole interval keeps the
        promise. <b>Violated</b>: the whole interval breaks it. Otherwise <b>inconclusive</b>.
      </p>
      <PhaseSplit objectives={objectives} />
    </Section>
  )
}

/** The exact figures stand in the row's attributes, the worded ones in its cells. */
function Row({ objective }: { objective: ObjectiveVerdict }) {
  const { name, title, promised, phases, value, low, high, events, bad, limit } = objective
  const exact = { value, low, high, events, bad, limit }
  const attributes = Object.fromEntries(
    Object.entries(exact).map(([key, figure]) => [`data-${key}`, String(figure)]),
  )
  return (
    <tr data-objective={name} data-verdict={objective.verdict} {...attributes}>
      <td class="cell-verdict">
        <VerdictCell objective={objective} />
      </td>
      <td class="cell-name">
        <div class="name">{name}</div>
        <div class="muted">{title}</div>
      </td>
      <td class="cell-promised">
        {promised}
        <div class="muted">{phases.length === 0 ? 'whole run' : phases.join(', ')}</div>
      </td>
      <td class="cell-measured">
        <MeasuredCell objective={objective} />
      </td>
      <td class="cell-bar">
        <IntervalBar objective={objective} />
      </td>
      <td class="cell-evidence">
        {objective.evidence.map((path) => (
          <div key={path}>
            <a href={`../${encodeURI(path)}`}>{path.replace(/^evidence\//, '')}</a>
          </div>
        ))}
        <div class="muted">
          {counted(events, objective.noun)}, {count(bad)} bad
        </div>
      </td>
    </tr>
  )
}

function VerdictCell({ objective: { advisory, verdict } }: { objective: ObjectiveVerdict }) {
  if (!advisory) return <Word name={verdict}>{verdict}</Word>
  return (
    <>
      <span class="verdict is-none">
        <Shape name={verdict} />
        {verdict}
      </span>
      <div class="muted">advisory</div>
    </>
  )
}

function MeasuredCell({ objective }: { objective: ObjectiveVerdict }) {
  const { value, interval } = measured(objective)
  const every = objective.kind === 'census' && objective.value !== null
  return (
    <>
      <div class="value">
        {value}
        {interval && <span> ({interval})</span>}
      </div>
      {every && <div class="muted">every one checked</div>}
      {isTainted(objective) && <div class="muted">not judged</div>}
    </>
  )
}

interface NoteProps {
  readonly objective: ObjectiveVerdict
  readonly findings: readonly Finding[]
}

function Note({ objective, findings }: NoteProps) {
  const said = notes(objective)
  const hints = findings.filter(({ kind }) => objective.taintedBy.includes(kind))
  if (said.length === 0 && objective.ids.length === 0 && hints.length === 0) return null
  return (
    <tr class={`note ${objective.verdict}`}>
      <td />
      <td colSpan={5}>
        <div>
          {said.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <ul>
            {objective.ids.map(({ id, what }) => (
              <li key={id}>
                <code>{id}</code> {what}
              </li>
            ))}
          </ul>
          {hints.map(({ kind, why, hint }) => (
            <p key={kind}>
              <a href="#instrument">Instrument</a>: {why} To do: {hint}.
            </p>
          ))}
        </div>
      </td>
    </tr>
  )
}

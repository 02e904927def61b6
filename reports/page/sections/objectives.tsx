import type { ObjectiveVerdict, Verdict } from '../../run/verdict.ts'
import { isJudged } from '../../run/words/verdict-words.ts'
import { count, counted, measured } from '../../run/words/words.ts'
import { BarHead, IntervalBar } from '../interval-bar.tsx'
import { Shape, Word } from '../shape.tsx'
import { Words } from '../words.tsx'
import { firstTaintedBy, Note } from './objective-note.tsx'
import { PhaseSplit } from './phase-split.tsx'
import { Section } from './section.tsx'
import { isWeighed, Weight } from './weight.tsx'

interface ObjectivesProps {
  readonly verdict: Verdict
  readonly openEnds: readonly string[]
  /** paths of files that hold nothing, or are not there */
  readonly emptyEvidence: readonly string[]
}

const ABOUT = 'Every bar has its target at the same line: left of it is kept, right of it is broken.'

export function Objectives({ verdict, openEnds, emptyEvidence }: ObjectivesProps) {
  const { objectives, findings } = verdict
  if (objectives.length === 0) return <None verdict={verdict} />
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
            <Row
              key={objective.name}
              objective={objective}
              judged={isJudged(objective, verdict)}
              emptyEvidence={emptyEvidence}
            />,
            <Note
              key={`${objective.name} note`}
              objective={objective}
              findings={findings.filter(({ kind }) => firstTaintedBy(kind, objectives) === objective)}
            />,
          ])}
        </tbody>
      </table>
      <p class="muted aside measure">
        An interval is wrong in at most 2.5 % of runs on each side
        {objectives.some(isWeighed) &&
          ', unless much is bad at a time and seldom (the weight of the evidence says how much)'}
        . <b>Met</b>: the whole interval keeps the promise. <b>Violated</b>: the whole interval breaks it.
        Otherwise <b>inconclusive</b>.
      </p>
      <PhaseSplit objectives={objectives} openEnds={openEnds} />
      <Weight objectives={objectives} />
    </Section>
  )
}

/** An experiment without load promises nothing. */
function None({ verdict: { faults } }: Pick<ObjectivesProps, 'verdict'>) {
  return (
    <Section id="objectives" title="Objectives" about="What the run promises.">
      <p class="muted">
        None asked{faults.length > 0 && ': the run is judged by its faults, and the steady state around them'}
        .
      </p>
    </Section>
  )
}

interface RowProps {
  readonly objective: ObjectiveVerdict
  readonly judged: boolean
  readonly emptyEvidence: readonly string[]
}

/** The exact figures stand in the row's attributes, the worded ones in its cells. */
function Row({ objective, judged, emptyEvidence }: RowProps) {
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
        <Words>{promised}</Words>
        <div class="muted">{phases.length === 0 ? 'whole run' : phases.join(', ')}</div>
      </td>
      <td class="cell-measured">
        <MeasuredCell objective={objective} judged={judged} />
      </td>
      <td class="cell-bar">
        <IntervalBar objective={objective} />
      </td>
      <td class="cell-evidence">
        {objective.evidence.map((path) => (
          <Evidence key={path} path={path} isEmpty={emptyEvidence.includes(path)} />
        ))}
        <div class="muted">
          {counted(events, objective.noun)}
          {events > 0 && ', '}
          {events > 0 && <span class="nowrap">{count(bad)} bad</span>}
        </div>
      </td>
    </tr>
  )
}

function Evidence({ path, isEmpty }: { path: string; isEmpty: boolean }) {
  const name = path.replace(/^evidence\//, '')
  if (isEmpty) return <div class="muted">nothing in {name}</div>
  return (
    <div>
      <a href={`../${encodeURI(path)}`}>{name}</a>
    </div>
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

/** Worded as `figureWords` does. */
function MeasuredCell({ objective, judged }: Omit<RowProps, 'emptyEvidence'>) {
  const { value, interval } = measured(objective)
  const every = objective.kind === 'census' && objective.value !== null
  return (
    <>
      <div class="value">
        {value}
        {interval && judged && <span> ({interval})</span>}
        {objective.value !== null && !judged && <span>, not judged</span>}
      </div>
      {every && <div class="muted">every one checked</div>}
    </>
  )
}

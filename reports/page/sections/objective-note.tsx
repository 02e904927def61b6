import type { Finding, ObjectiveVerdict } from '../../run/verdict.ts'
import { notes } from '../../run/words/verdict-words.ts'
import { Words } from '../words.tsx'

/** A finding is told in full below the first objective that it spoils; the others only name it. */
export function firstTaintedBy(
  kind: Finding['kind'],
  objectives: readonly ObjectiveVerdict[],
): ObjectiveVerdict | undefined {
  return objectives.find(({ taintedBy }) => taintedBy.includes(kind))
}

interface NoteProps {
  readonly objective: ObjectiveVerdict
  /** those that are told here */
  readonly findings: readonly Finding[]
}

/** What is said below an objective: why, the bad ids, and what spoilt its evidence. */
export function Note({ objective, findings }: NoteProps) {
  const said = notes(objective)
  if (said.length === 0 && objective.ids.length === 0 && findings.length === 0) return null
  return (
    <tr class={`note ${objective.verdict}`}>
      <td />
      <td colSpan={5}>
        <div>
          {said.map((sentence) => (
            <p key={sentence}>
              <Words>{sentence}</Words>
            </p>
          ))}
          <ul>
            {objective.ids.map(({ id, what }) => (
              <li key={id}>
                <code>{id}</code> <Words>{what}</Words>
              </li>
            ))}
          </ul>
          {findings.map(({ kind, why, hint }) => (
            <p key={kind + why}>
              <a href="#instrument">Instrument</a>: <Words>{`${why} To do: ${hint}.`}</Words>
            </p>
          ))}
        </div>
      </td>
    </tr>
  )
}

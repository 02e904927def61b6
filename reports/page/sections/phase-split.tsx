import type { ObjectiveVerdict } from '../../run/verdict.ts'
import { count, measured } from '../../run/words/words.ts'
import { WideTable } from './section.tsx'

interface SplitProps {
  readonly objectives: readonly ObjectiveVerdict[]
  readonly openEnds: readonly string[]
}

/** Where in the run an objective was kept or broken: shown, never judged. */
export function PhaseSplit({ objectives, openEnds }: SplitProps) {
  const split = objectives.filter(({ byPhase }) => byPhase.length > 0)
  if (split.length === 0) return null
  return (
    <details>
      <summary>Each objective by phase, shown and not judged</summary>
      <WideTable label="Each objective by phase">
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col">Phase</th>
            <th scope="col" class="right">
              Measured
            </th>
            <th scope="col" class="right">
              Bad
            </th>
          </tr>
        </thead>
        <tbody>
          {split.flatMap((objective) =>
            objective.byPhase.map(({ phase, value, events, bad }) => (
              <tr key={`${objective.name} ${phase}`}>
                <td>{objective.name}</td>
                <td>{phase}</td>
                <td class="right nowrap">
                  {
                    measured({
                      ...{ ...objective, value, events, high: null },
                      low: openEnds.includes(`${objective.name} ${phase}`) ? value : null,
                    }).value
                  }
                </td>
                <td class="right nowrap">
                  {count(bad)} of {count(events)}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </WideTable>
      <p class="muted aside measure">
        A request that failed counts as slower than every limit; where the figure lies among such, it is the
        least that it can be.
      </p>
    </details>
  )
}

import type { ObjectiveVerdict } from '../../run/verdict.ts'
import { count, measured } from '../../run/words.ts'
import { WideTable } from './section.tsx'

/** Where in the run an objective was kept or broken: shown, never judged. */
export function PhaseSplit({ objectives }: { objectives: readonly ObjectiveVerdict[] }) {
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
                  {measured({ ...objective, value, events, low: null, high: null }).value}
                </td>
                <td class="right nowrap">
                  {count(bad)} of {count(events)}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </WideTable>
    </details>
  )
}

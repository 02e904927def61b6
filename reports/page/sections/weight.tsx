import type { ObjectiveVerdict } from '../../run/verdict.ts'
import { budgetWords } from '../../run/words/verdict-words.ts'
import { count, duration, threeFigures } from '../../run/words/words.ts'
import { WideTable } from './section.tsx'

/** How much the events of each objective weigh, and what they would cost of a budget made for weeks. */
export function Weight({ objectives }: { objectives: readonly ObjectiveVerdict[] }) {
  const weighed = objectives.filter(isWeighed)
  if (weighed.length === 0) return null
  return (
    <details>
      <summary>How much the evidence weighs, and what it spends of the error budget</summary>
      <WideTable label="Weight of the evidence">
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col" class="right">
              Stand alone
            </th>
            <th scope="col" class="right">
              Batches
            </th>
            <th scope="col" class="right">
              Holds up to
            </th>
            <th scope="col" class="right">
              Burn rate
            </th>
            <th scope="col" class="right">
              Budget spent
            </th>
          </tr>
        </thead>
        <tbody>
          {weighed.map((objective) => (
            <tr key={objective.name}>
              <td>{objective.name}</td>
              <td class="right nowrap">{alone(objective)}</td>
              <td class="right nowrap">{batches(objective)}</td>
              <td class="right nowrap">{holdsUpTo(objective)}</td>
              <td class="right nowrap">{burnRate(objective)}</td>
              <td class="right nowrap">{spent(objective)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p class="muted aside measure">
        Events of one moment hang together, so many of them tell as much as fewer that stand alone. An outage
        that did not come leaves no trace: what is met <em>holds up to</em> so many bad events together, the
        size of the outage in which a bad event finds itself on average; one of 1,000 weighs a thousand times
        as much as one of 1. The promise is made for weeks, and this run judges its ratio: a burn rate of 1,
        kept up, spends exactly the budget.
      </p>
    </details>
  )
}

/** Visits, means and composites have no weight of their own. */
export const isWeighed = ({ independence, budget }: ObjectiveVerdict): boolean =>
  independence !== null || budget !== null

function spent(objective: ObjectiveVerdict): string {
  if (objective.events === 0) return 'no data'
  return budgetWords(objective) ?? 'no window'
}

function alone({ independence, events }: ObjectiveVerdict): string {
  if (events === 0) return 'no data'
  if (independence === null) return 'each'
  return `${count(Math.floor(events / independence.designEffect))} of ${count(events)}`
}

function batches({ independence }: ObjectiveVerdict): string {
  if (independence === null) return 'none'
  return `${count(independence.batches)} of ${count(independence.batchSeconds)} s`
}

/** `126 together, 840 ms`: an outage of that length spoils as many. */
function holdsUpTo({ independence, events, verdict }: ObjectiveVerdict): string {
  if (events === 0) return 'no data'
  const upTo = independence?.holdsUpTo
  if (verdict !== 'met' || upTo === null || upTo === undefined) return 'not met'
  return `${count(Math.floor(upTo.events))} together, ${duration(upTo.outageMs)}`
}

/** Bad ratio ÷ allowed ratio, which needs no window. */
function burnRate({ badRatio: { value, allowed } }: ObjectiveVerdict): string {
  if (value === null) return 'no data'
  return allowed === 0 ? 'none may be bad' : `${threeFigures(value / allowed)} ×`
}

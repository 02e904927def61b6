import type { ObjectiveVerdict } from '../../run/verdict.ts'
import { budgetWords } from '../../run/verdict-words.ts'
import { count, duration, threeFigures } from '../../run/words.ts'
import { WideTable } from './section.tsx'

/** How much the events of each objective weigh, and what they would cost of a budget made for weeks. */
export function Weight({ objectives }: { objectives: readonly ObjectiveVerdict[] }) {
  const weighed = objectives.filter(({ independence, budget }) => independence !== null || budget !== null)
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
        that did not come leaves no trace: what is met holds as long as no more bad events come at a time, on
        average, than stand under <em>Holds up to</em>, with the length of an outage that makes as many. The
        promise is made for weeks, and this run judges its ratio: a burn rate of 1, kept up, spends exactly
        the budget.
      </p>
    </details>
  )
}

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

/** `31 at a time, 207 ms`: an outage of that length spoils as many events. */
function holdsUpTo({ independence, events, verdict }: ObjectiveVerdict): string {
  if (events === 0) return 'no data'
  if (verdict !== 'met') return 'not met'
  if (independence === null || independence.mostTogether === null) return 'each'
  const { mostTogether, batches, batchSeconds } = independence
  const outageMs = (1000 * mostTogether * batches * batchSeconds) / events
  return `${count(Math.floor(mostTogether))} at a time, ${duration(outageMs)}`
}

/** Bad ratio ÷ allowed ratio, which needs no window. */
function burnRate({ badRatio: { value, allowed } }: ObjectiveVerdict): string {
  if (value === null) return 'no data'
  return allowed === 0 ? 'none may be bad' : `${threeFigures(value / allowed)} ×`
}

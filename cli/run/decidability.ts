import type { Power } from '../../reports/render/index.ts'
import type { Measure, Plan, PlannedObjective } from '../../reports/run/index.ts'
import { fewestEvents } from '../../slo/judge/index.ts'
import type { Complaints } from './complaints.ts'

export function powerOf(plan: Plan): Power[] {
  return plan.objectives.map((objective) => ({
    objective: objective.name,
    needs: objective.evidence === 'census' ? null : fewestEvents(objective),
    has: expectedEvents(objective, plan),
  }))
}

/** Refuses what no outcome of this plan could decide: better now than after the run. */
export function checkPower(plan: Plan, complaints: Complaints): void {
  for (const [n, { name, total }] of plan.objectives.entries())
    if (total.measure === 'fact' && total.name !== plan.drain?.fact)
      complaints.add(
        ['spec', 'objectives', n, 'slo'],
        `${name} cannot be decided: the plan never asks the target for its ${total.name}`,
        `spec.drain: { atMost: 60s, fact: ${total.name} }, or say --allow-undecidable`,
      )
  for (const [n, { objective, needs, has }] of powerOf(plan).entries())
    if (needs !== null && has !== null && has < needs)
      complaints.add(
        ['spec', 'objectives', n, 'slo'],
        `${objective} cannot be decided: it needs ${needs} events, this plan gathers ${has}`,
        'make its phases longer, raise the rate, or say --allow-undecidable',
      )
}

function expectedEvents({ total, phases, evidence }: PlannedObjective, plan: Plan): number | null {
  if (evidence === 'census') return null
  if (total.measure === 'page') return visits(total, phases, plan)
  if (total.measure === 'metric' || total.measure === 'probe') return null
  if (total.measure === 'fact' && total.scenario === undefined) return null
  const judged = plan.phases.filter((one) => one.load && phases.includes(one.name))
  const seconds = judged.reduce((sum, one) => sum + one.durationMs, 0) / 1000
  const rate = ratePerSecond(total, plan)
  return rate === null ? null : Math.round(rate * seconds)
}

/** One event an iteration is assumed: a journey that makes more only decides sooner. Nobody knows of a script what it makes. */
function ratePerSecond({ name, scenario }: Measure, { load }: Plan): number | null {
  const named = load.filter((one) => one.name === (scenario ?? name))
  const counted = named.length > 0 || scenario !== undefined ? named : load
  const rates = counted.map(({ executor }) => (executor.kind === 'script' ? null : executor.ratePerSecond))
  return rates.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0)
}

function visits({ name }: Measure, phases: readonly string[], plan: Plan): number {
  const visited = plan.phases.filter((one) => phases.includes(one.name)).flatMap((one) => one.audits)
  return visited
    .filter((audit) => name?.startsWith(`${audit}/`))
    .map((audit) => plan.audits.find((one) => one.name === audit)?.visits ?? 0)
    .reduce((sum, one) => sum + one, 0)
}

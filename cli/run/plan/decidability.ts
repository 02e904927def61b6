import type { Power } from '../../../reports/render/index.ts'
import type { Measure, Plan, PlannedObjective, PlannedPhase } from '../../../reports/run/index.ts'
import { fewestEvents } from '../../../slo/judge/index.ts'
import { limitWords } from '../../../slo/model/index.ts'
import type { Complaints } from './complaints.ts'
import type { AskedObjective } from './objectives.ts'

type Powered = Pick<Plan, 'objectives' | 'phases' | 'load' | 'audits'>

export function powerOf(plan: Powered): Power[] {
  return plan.objectives.map((objective) => ({
    objective: objective.name,
    needs: needsOf(objective),
    has: expectedEvents(objective, plan),
  }))
}

/** The same over so long a stretch of this load. */
export function powerOver(objective: PlannedObjective, overMs: number, load: Plan['load']): Power {
  const stretch = { name: 'stretch', startMs: 0, durationMs: overMs, judged: true, load: true }
  const phases = [{ ...stretch, experiments: [], audits: [] }]
  const placed = { ...objective, phases: ['stretch'] }
  return {
    objective: objective.name,
    needs: needsOf(placed),
    has: expectedEvents(placed, { objectives: [placed], phases, load, audits: [] }),
  }
}

function needsOf(objective: PlannedObjective): Power['needs'] {
  if (objective.evidence === 'census') return 'every one'
  return isCounted(objective) ? fewestEvents(objective) : null
}

/** Whether events are good or bad by themselves, so that their number alone can be too small. */
function isCounted({ statistic = 'share', members, slices }: PlannedObjective): boolean {
  const isMeanOfSlices = slices !== undefined && slices.targetRatio === undefined
  return statistic === 'share' && members === undefined && !isMeanOfSlices
}

/** Refuses what no outcome of this plan could decide: better now than after the run. */
export function checkPower(plan: Plan, asked: readonly AskedObjective[], complaints: Complaints): void {
  const power = new Map(powerOf(plan).map((one) => [one.objective, one]))
  for (const { planned, at } of asked) {
    const { name, total } = planned
    const { needs = null, has = null } = power.get(name) ?? {}
    if (total.measure === 'fact' && total.name !== plan.drain?.fact)
      complaints.add(
        at,
        `${name} cannot be decided: the plan never asks the target for its ${total.name}`,
        `spec.drain: { atMost: 60s, fact: ${total.name} }, or say --allow-undecidable`,
      )
    checkDrain(plan, { planned, at }, complaints)
    if (typeof needs === 'number' && has !== null && has < needs)
      complaints.add(
        at,
        `${name} cannot be decided: it needs ${needs} events, this plan gathers ${has}`,
        'make its phases longer, raise the rate, or say --allow-undecidable',
      )
  }
}

/** What is acknowledged last must be waited for as long as it may take, or nobody knows what became of it. */
function checkDrain(
  { drain }: Plan,
  { planned: { name, total, good, bad, noun }, at }: Pick<AskedObjective, 'planned' | 'at'>,
  complaints: Complaints,
): void {
  const withinMs = (good ?? bad)?.withinMs ?? 0
  if (total.measure !== 'fact' || drain === undefined || drain.fact !== total.name) return
  if (drain.atMostMs >= withinMs) return
  const [waits, may] = [drain.atMostMs, withinMs].map(limitWords)
  complaints.add(
    at,
    `${name} cannot be decided: the drain waits at most ${waits}, and its ${noun} may take ${may}`,
    `spec.drain: { atMost: ${may?.replace(' ', '')}, fact: ${drain.fact} }, or say --allow-undecidable`,
  )
}

function expectedEvents(objective: PlannedObjective, plan: Powered): number | null {
  const { total, phases, evidence, slices } = objective
  if (evidence === 'census') return null
  if (slices !== undefined)
    return slicesIn(
      plan.phases.filter((one) => phases.includes(one.name)),
      slices.lengthMs,
    )
  if (total.measure === 'page') return visits(total, phases, plan)
  if (total.measure === 'metric' || total.measure === 'query') return null
  if (total.measure === 'fact' && total.scenario === undefined) return null
  const judged = plan.phases.filter((one) => one.load && phases.includes(one.name))
  const seconds = judged.reduce((sum, one) => sum + one.durationMs, 0) / 1000
  if (total.measure === 'probe') return Math.round(seconds) // read once in each
  const rate = ratePerSecond(total, plan)
  return rate === null ? null : Math.round(rate * seconds)
}

const slicesIn = (phases: readonly PlannedPhase[], lengthMs: number): number =>
  phases.reduce((sum, { durationMs }) => sum + Math.floor(durationMs / lengthMs), 0)

/** One event an iteration is assumed: a journey that makes more only decides sooner. Nobody knows of a script what it makes. */
function ratePerSecond({ name, scenario }: Measure, { load }: Powered): number | null {
  const named = load.filter((one) => one.name === (scenario ?? name))
  const counted = named.length > 0 || scenario !== undefined ? named : load
  const rates = counted.map(({ executor }) => (executor.kind === 'script' ? null : executor.ratePerSecond))
  return rates.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0)
}

function visits({ name }: Measure, phases: readonly string[], plan: Powered): number {
  const visited = plan.phases.filter((one) => phases.includes(one.name)).flatMap((one) => one.audits)
  return visited
    .filter((audit) => name?.startsWith(`${audit}/`))
    .map((audit) => plan.audits.find((one) => one.name === audit)?.visits ?? 0)
    .reduce((sum, one) => sum + one, 0)
}

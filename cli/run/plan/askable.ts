import { type AskableObjective, type AskableSource, asPlanned } from '../../../chaos/index.ts'
import {
  counted,
  duration,
  type Plan,
  type PlannedExperiment,
  type PlannedGuard,
  type PlannedObjective,
  type PlannedPhase,
  type PlannedSource,
} from '../../../reports/run/index.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import { powerOver } from './decidability.ts'
import { SHORTEST_JUDGED_MS } from './phases.ts'

/** A second of the load is written down four seconds after it began; a stream that is late by more has stood still. */
export const KNOWN_AFTER_MS = 6_000

type Why = ReturnType<AskableObjective['whyNot']>

/** The data sources of a project, for the probes of a plan. */
export function askableSources(sources: Catalogue['sources']): AskableSource[] {
  return [...sources].map(([name, source]) =>
    'why' in source
      ? { name, whyNot: { why: `${name} cannot be asked: ${source.why}`, hint: source.hint } }
      : { name },
  )
}

/** Those that probes of these experiments and guards ask themselves. */
export function probedSources(
  experiments: readonly PlannedExperiment[],
  guards: readonly PlannedGuard[],
  { sources }: Pick<Catalogue, 'sources'>,
): PlannedSource[] {
  const watched = guards.flatMap((one) => ('probe' in one ? [one.probe] : []))
  const probes = [...experiments.flatMap(({ hypothesis }) => hypothesis), ...watched].flatMap(asPlanned)
  const names = probes.flatMap((one) => (one.kind === 'promql' ? one.source : []))
  return [...new Set(names)].flatMap((name) => {
    const source = sources.get(name)
    return source === undefined || 'why' in source ? [] : [source]
  })
}

/** For the probes of guards: an objective is watched by the second, and not asked again and again. */
export const guardable = (objectives: readonly PlannedObjective[]): AskableObjective[] =>
  objectives.map(({ name }) => ({
    name,
    whyNot: () => ({
      why: `a guard asks ${name} by a probe`,
      hint: `watch it: slo: ${name}, with burnRate and for`,
    }),
  }))

/** The names of the objectives that the probes of an experiment ask for. */
export const objectivesProbed = (experiment: PlannedExperiment): string[] =>
  experiment.hypothesis.flatMap(asPlanned).flatMap((one) => (one.kind === 'objective' ? one.objective : []))

/** How long after its fault an experiment may still wait for what its probes ask. */
export const longestAskedMs = (experiment: PlannedExperiment): number =>
  Math.max(
    0,
    ...experiment.hypothesis.flatMap(asPlanned).map((one) => (one.kind === 'objective' ? one.overMs : 0)),
  )

/** The objectives of a plan, for the probes of an experiment in this phase. */
export function askableObjectives(
  objectives: readonly PlannedObjective[],
  plan: Pick<Plan, 'load' | 'phases'>,
  phase: PlannedPhase,
): AskableObjective[] {
  return objectives.map((objective) => ({
    name: objective.name,
    whyNot: (overMs) =>
      whyNeverSoFar(objective) ??
      whyNoLoad(objective, plan, phase) ??
      whyTooLittle(objective, overMs, plan) ??
      whyNotSteady(objective, overMs, plan, phase),
  }))
}

/** What is added up or joined when the run is over says nothing before. */
export function whyNeverSoFar({ name, evidence, members, slices }: PlannedObjective): Why {
  return evidence === 'sample' && members === undefined && slices === undefined
    ? undefined
    : {
        why: `whether ${name} holds is known only when the run is over`,
        hint: 'ask an objective on requests, iterations, checks, metrics, processes or a data source',
      }
}

/** A data source has its numbers from somewhere else. */
const isOfSource = ({ total }: PlannedObjective): boolean => total.measure === 'query'

function whyNoLoad(objective: PlannedObjective, { load }: Pick<Plan, 'load'>, phase: PlannedPhase): Why {
  return isOfSource(objective) || (load.length > 0 && phase.load)
    ? undefined
    : {
        why: `${objective.name} rests on what the load does, and ${phase.name} has none`,
        hint: 'run it under load, or ask an objective whose numbers come from a data source',
      }
}

function whyTooLittle(objective: PlannedObjective, overMs: number, { load }: Pick<Plan, 'load'>): Why {
  const { name, noun } = objective
  const [over, shortest] = [duration(overMs), duration(SHORTEST_JUDGED_MS)]
  const hint = 'ask over a longer time, or raise the rate'
  if (overMs < SHORTEST_JUDGED_MS)
    return { why: `${name} cannot be decided over ${over}: ${shortest} are the least`, hint }
  const { needs, has } = powerOver(objective, overMs, load)
  return typeof needs !== 'number' || has === null || has >= needs
    ? undefined
    : {
        why: `${name} cannot be decided over ${over}: it needs ${counted(needs, noun)}, and gets ${has}`,
        hint,
      }
}

/** Judged load, without another fault, for as long as is asked: before the phase and after it. */
function whyNotSteady(
  objective: PlannedObjective,
  overMs: number,
  { phases }: Pick<Plan, 'phases'>,
  phase: PlannedPhase,
): Why {
  if (isOfSource(objective)) return undefined
  const n = phases.indexOf(phase)
  const after = phases.slice(n + 1)
  const recovered = after.slice(
    Math.max(
      0,
      after.findIndex(({ judged }) => judged),
    ),
  )
  const sides = [
    { side: 'before', steadyMs: steadyMs(phases.slice(0, n).toReversed()), needsMs: overMs + KNOWN_AFTER_MS },
    { side: 'after', steadyMs: steadyMs(recovered), needsMs: overMs },
  ]
  const short = sides.find((one) => one.steadyMs < one.needsMs)
  return (
    short && {
      why: `${objective.name} over ${duration(overMs)} needs ${duration(short.needsMs)} of judged load ${short.side} ${phase.name}, and there are ${duration(short.steadyMs)}`,
      hint: `ask over a shorter time, or make the phase ${short.side} it longer`,
    }
  )
}

function steadyMs(neighbours: readonly PlannedPhase[]): number {
  const end = neighbours.findIndex(
    ({ load, judged, experiments }) => !load || !judged || experiments.length > 0,
  )
  return neighbours.slice(0, end === -1 ? undefined : end).reduce((sum, one) => sum + one.durationMs, 0)
}

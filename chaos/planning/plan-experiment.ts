import {
  type PlannedCheck,
  type PlannedExperiment,
  type PlannedFault,
  type PlannedPhase,
  parseDuration,
  type Target,
} from '../../reports/run/index.ts'
import { whyNotInToxiproxy } from '../drivers/local/links/index.ts'
import { type Fault, type FaultWords, faultOf, type Refusal } from '../faults/index.ts'
import type { Experiment, MethodStep } from '../model/experiment.ts'
import { type Machine, UNKNOWN_MACHINE } from '../model/machine.ts'
import type { FaultManifest } from '../model/manifests/index.ts'
import { valuesAt } from '../model/manifests/values-at.ts'
import { flatten, type TimedFault } from '../model/timeline/index.ts'
import {
  type AskableObjective,
  type AskableSource,
  probeInWords,
  toPlannedProbe,
  whyProbeOutOfReach,
} from '../probes/index.ts'
import { toPlannedCheck, whyNotChecked } from './planned-check.ts'

/** What there is to run an experiment on. */
export interface ExperimentPlace {
  readonly phase: Pick<PlannedPhase, 'name' | 'durationMs'>
  readonly target: Target
  readonly seed: number
  /** what probes may ask besides the target */
  readonly sources: readonly AskableSource[]
  readonly objectives: readonly AskableObjective[]
  /** left out: nobody looked, and nothing is counted on */
  readonly machine?: Machine | undefined
  /** whether links are led through a Toxiproxy of the user's */
  readonly hasToxiproxy?: boolean
}

/** What cannot be done is never skipped in silence. */
export interface PlannedOrRefused {
  readonly planned: PlannedExperiment
  readonly refusals: readonly Refusal[]
}

/** The experiment as a run needs it: each fault of its method by the kind that implements it here, and its words. */
export function planExperiment({ metadata, spec }: Experiment, place: ExperimentPlace): PlannedOrRefused {
  const { name, title, why } = metadata
  const probes = spec.hypothesis.map(toPlannedProbe)
  const steps = spec.method.map((step, n) => planStep(step, n, place))
  const checks = steps.flatMap((one) => one.checks)
  const planned = {
    ...{ name, title, why, phase: place.phase.name },
    hypothesis: probes.map((probe) => ({ name: probe.name, probe, expects: probeInWords(probe) })),
    faults: steps.flatMap((one) => one.faults).toSorted((a, b) => a.atMs - b.atMs),
    ...(checks.length === 0 ? {} : { checks }),
    rollbackWithinMs: parseDuration(spec.rollback.within) ?? 0,
  }
  const unasked = probes.map((probe) => whyProbeOutOfReach(probe, place)).filter((one) => one !== undefined)
  return { planned, refusals: [...unasked, ...steps.flatMap((one) => one.refusals)] }
}

interface PlannedStep {
  readonly faults: readonly PlannedFault[]
  readonly checks: readonly PlannedCheck[]
  readonly refusals: readonly Refusal[]
}

function planStep({ manifest, at, for: length }: MethodStep, n: number, place: ExperimentPlace): PlannedStep {
  const { target, phase, seed, machine = UNKNOWN_MACHINE } = place
  const startMs = parseDuration(at ?? '0s') ?? 0
  const askedMs = parseDuration(length ?? '')
  const outOfTime = late(startMs, askedMs, phase)
  if (outOfTime.length > 0) return { faults: [], checks: [], refusals: outOfTime }
  const lengthMs = askedMs ?? phase.durationMs - startMs
  const timeline = flatten(manifest, { seed: seed + n, startMs, lengthMs, has: machine.has })
  const found = timeline.faults.map((timed) => ({ timed, found: faultOf(timed.manifest) }))
  const refused = timeline.refusals.map(({ path, why, possibleWith }) => ({
    why: `${manifest.kind} ${path.join('.')}: ${why}`,
    hint: `possible with ${possibleWith}`,
  }))
  const impossible = found.flatMap(({ timed, found }) =>
    found === undefined ? [notHere(timed.manifest)] : (found.fault.whyNot(target, machine) ?? []),
  )
  const undoable = place.hasToxiproxy
    ? found.flatMap(({ found }) => whyNotInToxiproxy(found?.fault.toxics))
    : []
  return {
    faults: found.flatMap(({ timed, found }) =>
      found === undefined
        ? []
        : [{ kind: found.kind, ...timesOf(timed, phase.durationMs), ...wordsOf(found.fault, place) }],
    ),
    checks: timeline.checks.map(toPlannedCheck),
    refusals: [
      ...refused,
      ...impossible,
      ...undoable,
      ...timeline.checks.flatMap((one) => whyNotChecked(one, target) ?? []),
    ],
  }
}

/** A fault that lasts as long as its phase ends with it. */
function timesOf({ manifest, seed, atMs, forMs }: TimedFault, phaseMs: number) {
  return { manifest, seed, atMs, ...(atMs + forMs < phaseMs ? { forMs } : {}) }
}

/** Toxiproxy does not tell what its toxics did. */
const wordsOf = ({ words, toxics }: Fault, { hasToxiproxy }: ExperimentPlace): FaultWords =>
  hasToxiproxy && toxics !== undefined
    ? {
        ...words,
        proof:
          'requests of ours through Toxiproxy feel it, and straight ones do not; after the undo the link goes straight again',
      }
    : words

function notHere({ kind, spec }: FaultManifest): Refusal {
  const [given] = valuesAt(spec, ['action'])
  const action = given === undefined ? '' : ` with action ${given.value}`
  return {
    why: `no fault on one machine implements ${kind}${action}`,
    hint: 'possible with a cluster with Chaos Mesh',
  }
}

/** A step that begins or ends after its phase; undefined when it lasts as long as the phase. */
function late(
  startMs: number,
  lengthMs: number | undefined,
  { name, durationMs }: ExperimentPlace['phase'],
): Refusal[] {
  const [end, length] = [durationMs / 1000, (lengthMs ?? 0) / 1000]
  if (startMs >= durationMs)
    return [
      { why: `it would begin after the end of the phase ${name}`, hint: `its "at" must be below ${end}s` },
    ]
  if (startMs + (lengthMs ?? 0) <= durationMs) return []
  const why = `it would last until ${startMs / 1000 + length}s, and the phase ${name} ends after ${end}s`
  return [{ why, hint: 'shorten its "for", or leave it out: then it ends with the phase' }]
}

import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import type { PlannedExperiment } from './plan.ts'

const open = { additionalProperties: true } as const
const Words = Type.String()

/** An experiment as plan/1 had it: one fault, and probes of processes only. */
const ExperimentOfOne = Type.Object(
  {
    ...{ name: Words, title: Words, why: Words, phase: Words },
    hypothesis: Type.Array(
      Type.Object({ name: Words, labels: Type.Record(Words, Words), atLeast: Type.Integer() }, open),
    ),
    fault: Type.Object({ kind: Words, manifest: Type.Unknown() }),
    blastRadius: Type.Object({ labels: Type.Record(Words, Words), mode: Words, value: Type.Integer() }),
    rollbackWithinMs: Type.Number(),
    ...{ does: Words, undo: Words, proof: Words },
  },
  open,
)
const PlanOfOne = Type.Object(
  {
    schema: Type.Literal('gauntlet/plan/1'),
    seed: Type.Integer(),
    experiments: Type.Array(ExperimentOfOne),
  },
  open,
)

/** A plan as it was written, in the shape of today; what is not an older plan is given as it is. */
export function planOfToday(written: unknown): unknown {
  if (!Check(PlanOfOne, written)) return written
  return {
    ...written,
    schema: 'gauntlet/plan/2',
    experiments: written.experiments.map((one) => experimentOfToday(one, written.seed)),
  }
}

function experimentOfToday(one: Static<typeof ExperimentOfOne>, seed: number): PlannedExperiment {
  const { name, title, why, phase, rollbackWithinMs, does, undo, proof } = one
  const { labels, mode } = one.blastRadius
  return {
    ...{ name, title, why, phase, rollbackWithinMs },
    hypothesis: one.hypothesis.map((probe) => ({
      name: probe.name,
      probe,
      expects: `at least ${probe.atLeast} alive with ${labelsInWords(probe.labels)}`,
    })),
    faults: [
      {
        ...one.fault,
        atMs: 0,
        seed,
        radius: `${mode} of the processes with ${labelsInWords(labels)}`,
        does,
        undo,
        proof,
      },
    ],
  }
}

const labelsInWords = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(', ')

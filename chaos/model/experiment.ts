import { type Static, Type } from 'typebox'
import {
  Duration,
  Label,
  type PlannedExperiment,
  parseDuration,
  readSpec,
  type Spec,
} from '../../reports/run/index.ts'
import { FAULT_KINDS } from '../faults/index.ts'
import { Manifest } from './manifest.ts'

const closed = { additionalProperties: false } as const
const Sentence = Type.String({ minLength: 1 })

const ProcessProbe = Type.Object(
  {
    name: Label,
    process: Type.Object(
      {
        labels: Type.Record(Type.String(), Type.String(), { minProperties: 1 }),
        atLeast: Type.Integer({ minimum: 0 }),
      },
      closed,
    ),
  },
  closed,
)

/** An `*.experiment.yaml`: a steady state, what breaks it, and how long the way back may take. */
export const Experiment = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('Experiment'),
    metadata: Type.Object({ name: Label, title: Sentence, why: Sentence }, closed),
    spec: Type.Object(
      {
        hypothesis: Type.Array(ProcessProbe, { minItems: 1 }),
        method: Type.Tuple([Type.Object({ manifest: Manifest }, closed)]),
        rollback: Type.Object(
          { within: Duration },
          { ...closed, description: 'how long the way back may take' },
        ),
      },
      closed,
    ),
  },
  { ...closed, description: 'An experiment: hypothesis, method, rollback' },
)

export type Experiment = Static<typeof Experiment>

/** Reads the text of an experiment file: the experiment, or everything that is wrong with it. */
export function parseExperiment(text: string, file: string): Spec<Experiment> {
  return readSpec(Experiment, text, file)
}

/** The experiment as a run needs it: the manifest's fault by the kind that implements it here, and its words. */
export function toPlannedExperiment({ metadata, spec }: Experiment, phase: string): PlannedExperiment {
  const manifest = spec.method[0].manifest
  const { action, selector, mode, value = '1' } = manifest.spec
  const blastRadius = { labels: selector.labelSelectors, mode, value: Number(value) }
  const kind = FAULT_KINDS.find(
    (one) => one.manifest.kind === manifest.kind && one.manifest.action === action,
  )!
  return {
    name: metadata.name,
    title: metadata.title,
    why: metadata.why,
    phase,
    hypothesis: spec.hypothesis.map(({ name, process }) => ({ name, kind: 'process', ...process })),
    fault: { kind: kind.kind, manifest },
    blastRadius,
    rollbackWithinMs: parseDuration(spec.rollback.within) ?? 0,
    ...kind.describe(blastRadius),
  }
}

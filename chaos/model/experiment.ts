import { type Static, Type } from 'typebox'
import {
  type Complaint,
  checkShape,
  Duration,
  Label,
  type PlannedExperiment,
  parseDuration,
  readDocuments,
  type YamlDocument,
} from '../../reports/run/index.ts'
import { FAULT_KINDS } from '../faults/index.ts'
import { PodChaos } from './manifest.ts'

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
export const ExperimentFile = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('Experiment'),
    metadata: Type.Object({ name: Label, title: Sentence, why: Sentence }, closed),
    spec: Type.Object(
      {
        hypothesis: Type.Array(ProcessProbe, { minItems: 1 }),
        method: Type.Tuple([Type.Object({ manifest: PodChaos }, closed)]),
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

export type ExperimentFile = Static<typeof ExperimentFile>

export interface Experiments {
  readonly experiments: readonly ExperimentFile[]
  readonly complaints: readonly Complaint[]
}

/** Reads the text of an experiment file; every mistake in it at once. */
export function readExperiments(text: string, file: string): Experiments {
  const { documents, complaints } = readDocuments(text, file)
  const checked = documents.map((document) => ({ document, ...checkShape(ExperimentFile, document) }))
  return {
    experiments: checked.flatMap(({ value }) => value ?? []),
    complaints: [
      ...complaints,
      ...checked.flatMap(({ complaints, value, document }) => [
        ...complaints,
        ...withoutValue(value, document),
      ]),
    ],
  }
}

function withoutValue(file: ExperimentFile | undefined, document: YamlDocument): Complaint[] {
  const spec = file?.spec.method[0]?.manifest.spec
  if (spec?.mode !== 'fixed' || spec.value !== undefined) return []
  const hint = 'say how many processes: value: "2"'
  return [document.complaint([...MANIFEST, 'mode'], 'mode "fixed" needs a value', { hint })]
}

const MANIFEST = ['spec', 'method', 0, 'manifest', 'spec'] as const

/** The experiment as a run needs it: the manifest's fault by the kind that implements it here, and its words. */
export function toPlannedExperiment(file: ExperimentFile, phase: string): PlannedExperiment {
  const manifest = file.spec.method[0].manifest
  const { action, mode, value, selector } = manifest.spec
  const blastRadius = { labels: selector.labelSelectors, mode, value: Number(value ?? 1) }
  const kind = FAULT_KINDS.find(
    (one) => one.manifest.kind === manifest.kind && one.manifest.action === action,
  )!
  return {
    name: file.metadata.name,
    title: file.metadata.title,
    why: file.metadata.why,
    phase,
    hypothesis: file.spec.hypothesis.map(({ name, process }) => ({ name, kind: 'process', ...process })),
    fault: { kind: kind.kind, manifest },
    blastRadius,
    rollbackWithinMs: parseDuration(file.spec.rollback.within) ?? 0,
    ...kind.describe(blastRadius),
  }
}

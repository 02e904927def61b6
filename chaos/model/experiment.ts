import { type Static, Type } from 'typebox'
import {
  type Complaint,
  Duration,
  Label,
  partOf,
  readSpec,
  type Spec,
  type YamlDocument,
} from '../../reports/run/index.ts'
import { Probe, probeMistakes } from '../probes/index.ts'
import { type Manifest, parseManifest } from './manifests/index.ts'

const closed = { additionalProperties: false } as const
const Sentence = Type.String({ minLength: 1 })

/** One fault, or several by a schedule or a workflow: what is broken, from when in its phase, and for how long. */
const Step = Type.Object(
  {
    manifest: Type.Unknown({ description: 'a manifest of Chaos Mesh, or of ours where it has none' }),
    at: Type.Optional({ ...Duration, description: 'from the start of its phase; at once when left out' }),
    for: Type.Optional({
      ...Duration,
      description: 'left out: as its manifest says, else until the end of its phase',
    }),
  },
  closed,
)

/** An `*.experiment.yaml` as it stands in the file: a steady state, what breaks it, and how long the way back may take. */
export const ExperimentFile = Type.Object(
  {
    apiVersion: Type.Literal('gauntlet/v1'),
    kind: Type.Literal('Experiment'),
    metadata: Type.Object({ name: Label, title: Sentence, why: Sentence }, closed),
    spec: Type.Object(
      {
        hypothesis: Type.Array(Probe, { minItems: 1 }),
        method: Type.Array(Step, { minItems: 1 }),
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

export interface MethodStep extends Omit<Static<typeof Step>, 'manifest'> {
  readonly manifest: Manifest
}

/** An experiment whose manifests are read. */
export interface Experiment extends Omit<Static<typeof ExperimentFile>, 'spec'> {
  readonly spec: Omit<Static<typeof ExperimentFile>['spec'], 'method'> & {
    readonly method: readonly MethodStep[]
  }
}

/** Reads the text of an experiment file: the experiment, or everything that is wrong with it. */
export function parseExperiment(text: string, file: string): Spec<Experiment> {
  const read = readSpec(ExperimentFile, text, file)
  if (read.value === undefined) return read
  const { value, document } = read
  const steps = value.spec.method.map((step, n) => ({ step, ...readManifest(step.manifest, n, document) }))
  const complaints = [...mistakesOfProbes(value, document), ...steps.flatMap((one) => one.complaints)]
  if (complaints.length > 0) return { value: undefined, complaints }
  const method = steps.flatMap(({ step, value: manifest }) => (manifest ? [{ ...step, manifest }] : []))
  return { value: { ...value, spec: { ...value.spec, method } }, document, complaints: [] }
}

const readManifest = (manifest: unknown, n: number, document: YamlDocument) =>
  parseManifest(partOf(document, ['spec', 'method', n, 'manifest'], manifest))

function mistakesOfProbes(
  { spec }: Static<typeof ExperimentFile>,
  document: YamlDocument,
): readonly Complaint[] {
  return spec.hypothesis.flatMap((probe, n) =>
    probeMistakes(probe).map(({ path, message, hint }) =>
      document.complaint(['spec', 'hypothesis', n, ...path], message, { hint }),
    ),
  )
}

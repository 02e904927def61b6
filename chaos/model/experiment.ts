import { type Static, Type } from 'typebox'
import {
  type Complaint,
  checkShape,
  Duration,
  Label,
  partOf,
  readSpec,
  type Spec,
  valueDocument,
  type YamlDocument,
} from '../../reports/run/index.ts'
import { Probe, probeMistakes } from '../probes/index.ts'
import { Alert, Guard, ownGuardMistakes } from './guard.ts'
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
      description: 'a duration such as 30s; left out: as its manifest says, else until the end of its phase',
    }),
  },
  closed,
)

const Slos = Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true })

/** What is driven and promised when the experiment is run alone, without a plan of its own. */
const Alone = Type.Object(
  {
    load: Type.Array(Label, { minItems: 1, uniqueItems: true, description: 'scenarios' }),
    fault: Type.Optional({ ...Duration, description: 'how long the fault is on; 17s when left out' }),
    recoversWithin: Type.Optional({
      ...Duration,
      description:
        'so long after the fault nothing is judged: what it held up is worked off; 0s when left out',
    }),
    drain: Type.Optional(Type.Object({ atMost: Duration, fact: Label }, closed)),
    holds: Type.Optional({ ...Slos, description: 'objectives that hold while the fault is on, too' }),
    bends: Type.Optional({
      ...Slos,
      description: 'objectives that it may bend: they hold before and after it',
    }),
    foretells: Type.Enum(['met', 'violated'], { description: 'what this verdict will be' }),
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
        guard: Type.Optional(
          Type.Object(
            { abortWhen: Type.Array(Guard, { minItems: 1 }) },
            { ...closed, description: 'what ends the run while its faults are on' },
          ),
        ),
        alert: Type.Optional(Alert),
        run: Type.Optional(Alone),
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
  return read.value === undefined ? read : withManifests(read.value, read.document)
}

/** The same of an experiment that was written in TypeScript. */
export function parseExperimentValue(value: unknown, file: string): Spec<Experiment> {
  const document = valueDocument(value, file)
  const read = checkShape(ExperimentFile, document)
  return read.value === undefined ? { ...read, document } : withManifests(read.value, document)
}

function withManifests(value: Static<typeof ExperimentFile>, document: YamlDocument): Spec<Experiment> {
  const steps = value.spec.method.map((step, n) => ({ step, ...readManifest(step.manifest, n, document) }))
  const complaints = [
    ...mistakesOfProbes(value, document),
    ...steps.flatMap((one) => one.complaints),
    ...mistakesOfGuards(value, document),
  ]
  if (complaints.length > 0) return { value: undefined, document, complaints }
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

function mistakesOfGuards(
  { spec }: Static<typeof ExperimentFile>,
  document: YamlDocument,
): readonly Complaint[] {
  return (spec.guard?.abortWhen ?? []).flatMap((guard, n) =>
    ownGuardMistakes(guard).map(({ path, message, hint }) =>
      document.complaint(['spec', 'guard', 'abortWhen', n, ...path], message, { hint }),
    ),
  )
}

import type { Static } from 'typebox'
import { createFamily, type Shaped, type YamlDocument } from '../../../reports/run/index.ts'
import { containerChaos } from './container-chaos.ts'
import { dnsChaos } from './dns-chaos.ts'
import { fileChaos } from './file-chaos.ts'
import { httpChaos } from './http-chaos.ts'
import { ioChaos } from './io-chaos.ts'
import type { ManifestKind } from './kind.ts'
import { linkChaos } from './link-chaos.ts'
import { networkChaos } from './network-chaos.ts'
import { podChaos } from './pod-chaos.ts'
import { processChaos } from './process-chaos.ts'
import { schedule } from './schedule.ts'
import { stressChaos } from './stress-chaos.ts'
import { switchChaos } from './switch-chaos.ts'
import { timeChaos } from './time-chaos.ts'
import { workflow } from './workflow.ts'

/** Single faults: a new one is one file and one line here; if schedules shall hold it, see embedded.ts. */
export const FAULTS = [
  podChaos,
  networkChaos,
  httpChaos,
  stressChaos,
  ioChaos,
  timeChaos,
  dnsChaos,
  processChaos,
  linkChaos,
  switchChaos,
  fileChaos,
  containerChaos,
] as const

/** What says when faults come. */
export const COURSES = [schedule, workflow] as const

export interface ReadableKind extends ManifestKind {
  /** the manifest, or everything that is wrong with it */
  read(document: YamlDocument): Shaped<Manifest>
}

/** All that a manifest may be: the built-ins, and kinds of faults that a project adds. */
export const KINDS = createFamily<ReadableKind>('kinds of manifest', ({ kind }) => kind, [
  ...FAULTS,
  ...COURSES,
])

/** Chaos Mesh has them; what they break is found in a cloud, a cluster or a JVM only. */
export const ELSEWHERE: readonly string[] = [
  'AWSChaos',
  'AzureChaos',
  'BlockChaos',
  'GCPChaos',
  'JVMChaos',
  'KernelChaos',
  'PhysicalMachineChaos',
]

/** Whatever a project calls its kind. To the compiler one name more, so that it tells them apart from the built-ins'. */
export type AddedKind = 'a kind that a project adds'

/** Of a kind that a project adds. */
export interface AddedManifest {
  readonly apiVersion: string
  readonly kind: AddedKind
  readonly metadata: { readonly name: string }
  readonly spec: unknown
}

type BuiltInManifest = Static<(typeof FAULTS)[number]['manifest']>
/** A manifest of one fault. */
export type FaultManifest = BuiltInManifest | AddedManifest
export type ScheduleManifest = Static<typeof schedule.manifest>
export type WorkflowManifest = Static<typeof workflow.manifest>
export type Manifest = FaultManifest | ScheduleManifest | WorkflowManifest
/** A manifest of this kind of fault: `FaultOf<'LinkChaos'>`. */
export type FaultOf<Kind extends BuiltInManifest['kind']> = Extract<BuiltInManifest, { readonly kind: Kind }>

import type { Static } from 'typebox'
import { containerChaos } from './container-chaos.ts'
import { dnsChaos } from './dns-chaos.ts'
import { fileChaos } from './file-chaos.ts'
import { httpChaos } from './http-chaos.ts'
import { ioChaos } from './io-chaos.ts'
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

export const KINDS = [...FAULTS, ...COURSES] as const

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

/** A manifest of one fault. */
export type FaultManifest = Static<(typeof FAULTS)[number]['manifest']>
export type ScheduleManifest = Static<typeof schedule.manifest>
export type WorkflowManifest = Static<typeof workflow.manifest>
export type Manifest = FaultManifest | ScheduleManifest | WorkflowManifest
/** A manifest of this kind of fault: `FaultOf<'LinkChaos'>`. */
export type FaultOf<Kind extends FaultManifest['kind']> = Extract<FaultManifest, { readonly kind: Kind }>

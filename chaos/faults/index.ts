import { createFamily } from '../../reports/run/index.ts'
import { type FaultManifest, KINDS } from '../model/manifests/index.ts'
import { containerChaos } from './container-chaos.ts'
import type { AddedFault } from './define-fault.ts'
import { dnsChaos } from './dns-chaos.ts'
import type { Fault, FaultKind } from './fault-kind.ts'
import { fileChaos } from './file-chaos.ts'
import { httpChaos } from './http-chaos.ts'
import { linkChaos } from './link-chaos.ts'
import { networkPartition } from './network-partition.ts'
import { networkShaping } from './network-shaping.ts'
import { packetFilter } from './packet-filter.ts'
import { packetShaping } from './packet-shaping.ts'
import { processDescriptors } from './process-descriptors.ts'
import { processDown } from './process-down.ts'
import { processKill } from './process-kill.ts'
import { processPause } from './process-pause.ts'
import { processRestart } from './process-restart.ts'
import { processSlowDisk } from './process-slow-disk.ts'
import { stressChaos } from './stress-chaos.ts'
import { switchChaos } from './switch-chaos.ts'
import { timeChaos } from './time-chaos.ts'

export { faultByRequest, type OwnRequestFault } from './by-request.ts'
export type { CarrierName, Carriers } from './carriers.ts'
export { Claims } from './claims.ts'
export { type AddedFault, defineFault, type OwnFault } from './define-fault.ts'
export type * from './fault-kind.ts'
export { NameBook } from './name-book.ts'
export { StressBook } from './stress-book.ts'

/** The built-ins; a new kind is one file and one line here. */
const FAULT_KINDS = createFamily<FaultKind>('kinds of fault', ({ kind }) => kind, [
  processKill,
  processDown,
  processPause,
  processRestart,
  processDescriptors,
  processSlowDisk,
  // before those of the proxy, which would take any NetworkChaos
  packetFilter,
  packetShaping,
  networkShaping,
  networkPartition,
  linkChaos,
  httpChaos,
  dnsChaos,
  timeChaos,
  switchChaos,
  stressChaos,
  fileChaos,
  containerChaos,
])

/** Adds kinds of a project's own, before any file that asks for them is read. */
export function addFaults(...faults: readonly AddedFault[]): void {
  KINDS.add(...faults.map(({ manifest }) => manifest))
  FAULT_KINDS.add(...faults)
}

/** The fault that a manifest asks for, and its kind; undefined when none of ours implements it. */
export function faultOf(
  manifest: FaultManifest,
): { readonly kind: string; readonly fault: Fault } | undefined {
  for (const { kind, read } of FAULT_KINDS.all()) {
    const fault = read(manifest)
    if (fault !== undefined) return { kind, fault }
  }
  return undefined
}

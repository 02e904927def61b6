import { createFamily } from '../../reports/run/index.ts'
import { type FaultManifest, KINDS } from '../model/manifests/index.ts'
import type { AddedFault } from './define-fault.ts'
import type { Fault, FaultKind } from './fault-kind.ts'
import { containerChaos } from './kinds/container-chaos.ts'
import { dnsChaos } from './kinds/dns-chaos.ts'
import { fileChaos } from './kinds/file-chaos.ts'
import { httpChaos } from './kinds/http-chaos.ts'
import { linkChaos } from './kinds/link-chaos.ts'
import { networkPartition } from './kinds/network-partition.ts'
import { networkShaping } from './kinds/network-shaping.ts'
import { packetFilter } from './kinds/packet-filter.ts'
import { packetShaping } from './kinds/packet-shaping.ts'
import { processDescriptors } from './kinds/process-descriptors.ts'
import { processDown } from './kinds/process-down.ts'
import { processKill } from './kinds/process-kill.ts'
import { processPause } from './kinds/process-pause.ts'
import { processRestart } from './kinds/process-restart.ts'
import { processSlowDisk } from './kinds/process-slow-disk.ts'
import { stressChaos } from './kinds/stress-chaos.ts'
import { switchChaos } from './kinds/switch-chaos.ts'
import { timeChaos } from './kinds/time-chaos.ts'

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

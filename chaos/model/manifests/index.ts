export { isSelected, type Selectable } from '../../radius/selected.ts'
export type { Selector } from '../../radius/selector.ts'
export { defineKind } from './kind.ts'
export {
  type AddedKind,
  FAULTS,
  type FaultManifest,
  type FaultOf,
  KINDS,
  type Manifest,
  type ReadableKind,
  type ScheduleManifest,
  type WorkflowManifest,
} from './kinds.ts'
export type { Capability, Refusal } from './limit.ts'
export { localRefusals } from './local-refusals.ts'
export { parseManifest, parseManifestValue } from './parse-manifest.ts'
export { goDurationMs } from './parts/duration.ts'
export { percentRatio } from './parts/percent.ts'
export { bytesPerSecond } from './parts/rate.ts'
export { shareRatio, sizeBytes } from './parts/size.ts'

import type { Catalogue } from '../../config/catalogue.ts'
import type { PlanDocument } from '../../config/plan-file.ts'
import type { PlanSetting } from './plan-setting.ts'

/** What a plan of phases is made of. */
export interface PlanInputs extends PlanSetting {
  readonly plan: PlanDocument
  /** without complaints: what a plan names is there */
  readonly catalogue: Catalogue
  readonly machineMemoryBytes: number
  /** whether the memory, files and CPU of a process can be read here */
  readonly machineTellsResources: boolean
  /** also takes phases too short and objectives without enough events to be decided */
  readonly allowUndecidable: boolean
}

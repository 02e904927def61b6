export type { Look } from './block-device.ts'
export { type Impossible, planSlowDisk, type SlowDiskPlan, type SlowDiskWanted, type Write } from './plan.ts'
export { lookHere, slowDown, takeBack, takeBackLeft } from './slow-disk.ts'

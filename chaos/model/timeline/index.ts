export { type FlattenOptions, flatten, type TimedCheck, type TimedFault, type Timeline } from './flatten.ts'
export type { HttpCheck } from './http-check.ts'

export { type StressMeasured, StressWanted } from './model.ts'
export { createStress, type Stress, type StressEdges } from './stress.ts'
export { stressLoad } from './stress-load.ts'

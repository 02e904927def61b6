export { parseSlo } from './parse-slo.ts'
export { type Placement, toPlannedObjective } from './planned.ts'
export { limitWords, promisedWords } from './promised.ts'
export { Slo } from './slo.ts'

export { type ReadResultsOptions, readResults } from './read-results.ts'
export type { Results } from './results.ts'

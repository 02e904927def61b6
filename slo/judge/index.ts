export { encodeVerdict } from './encode.ts'
export { fewestEvents } from './fewest-events.ts'
export { judge } from './judge.ts'
export { exitCodeUnjudged } from './unjudged.ts'

export { bucketOf, middleOf, Sketch } from './sketch.ts'

export { readOffset, setRight, writeOffset } from './offset-file.ts'

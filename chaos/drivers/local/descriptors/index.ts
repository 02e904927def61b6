export { lookForPrlimit } from './look-for-prlimit.ts'
export { type OpenFilesLimit, openFilesLimit, prlimitArgs } from './open-files-limit.ts'

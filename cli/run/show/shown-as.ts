import { relative } from 'node:path'

/** A file as its reader knows it: from here, when it lies below here. */
export function shownAs(file: string, cwd: string): string {
  const path = relative(cwd, file)
  return path.startsWith('..') ? file : path
}

import { posix } from 'node:path'
import type { Target } from '../../reports/run/index.ts'

/** A folder by its path, or as the one in which a log of the target lies. */
export interface FolderName {
  readonly path?: string
  readonly log?: string
}

/** Undefined when the target has no such log. */
export function namedFolder({ path, log }: FolderName, { logs }: Target): string | undefined {
  if (path !== undefined) return posix.normalize(path)
  const found = logs.find(({ name }) => name === log)
  return found && posix.dirname(posix.normalize(found.path))
}

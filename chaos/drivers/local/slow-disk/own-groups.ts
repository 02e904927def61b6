import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Look } from './block-device.ts'
import { cgroupMounts } from './cgroups.ts'
import { OWN_GROUP } from './plan.ts'

/** Groups that are named as ours are, whoever made them. Only cgroups v1 has any: in v2 none is made. */
export function groupsLikeOurs(look: Look): string[] {
  const { blkio } = cgroupMounts(look.read('/proc/self/mountinfo') ?? '')
  return blkio === undefined ? [] : below(blkio)
}

function below(folder: string): string[] {
  return foldersIn(folder).flatMap((name) => {
    const path = join(folder, name)
    return OWN_GROUP.test(name) ? [path] : below(path)
  })
}

/** One that is removed in this moment has none. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return []
  }
}

import { rename } from 'node:fs/promises'

/** Renames a folder that was filled beside its place. When another was quicker, his stays: he made the same. */
export async function moveInPlace(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
}

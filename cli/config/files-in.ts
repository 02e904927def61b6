import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { GauntletError } from '../../reports/run/index.ts'

/** Files below these folders of a project, relative to its root, sorted: the order of two machines is the same. */
export async function filesIn(
  root: string,
  folders: readonly string[],
  wanted: (name: string) => boolean,
): Promise<string[]> {
  const paths = []
  for (const folder of folders) {
    const path = resolve(root, folder)
    if (!existsSync(path))
      throw new GauntletError(
        'NO_FOLDER',
        `gauntlet.config.ts names the folder ${folder}, which is not there`,
        {
          hint: `make it, or take it out of content in ${join(root, 'gauntlet.config.ts')}`,
        },
      )
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    for (const entry of entries)
      if (entry.isFile() && wanted(entry.name)) paths.push(relative(root, join(entry.parentPath, entry.name)))
  }
  return [...new Set(paths)].sort()
}

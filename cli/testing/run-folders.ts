import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runsFolder } from '../run/record/runs-folder.ts'

/** A copy of the project `cli/fixtures/shop`, with ports, locks and temporary files of its own. */
export interface Shop {
  readonly root: string
  /** the shop takes the first two */
  readonly ports: readonly number[]
  readonly locks: string
  readonly temporary: string
  /** what `gauntlet` sees when it is started for this shop */
  readonly environment: Readonly<Record<string, string>>
  /** why tests that need load cannot run here; false when they can */
  readonly skip: string | false
}

/** Folders of the shop's runs, oldest first. */
export function runFolders({ root }: Shop): string[] {
  const folder = runsFolder(root)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
}

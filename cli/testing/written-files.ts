import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

/** Texts by their paths. */
export type Files = Readonly<Record<string, string>>

/** Writes files below a folder, and the folders in which they stand. */
export function writeFiles(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** A folder with these files, for one test. */
export function folderWith(files: Files, t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'gauntlet-files-'))
  t.after(() => rmSync(root, { recursive: true }))
  writeFiles(root, files)
  return root
}

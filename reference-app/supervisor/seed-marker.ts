import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { seedVersion } from '../platform/database/seed.ts'
import type { DataFolder } from './data-folder.ts'

/** Whether the folder holds a whole database of the version that this code seeds. */
export function isSeeded(folder: DataFolder): boolean {
  if (!existsSync(folder.passwordFile) || !existsSync(folder.cluster)) return false
  try {
    return JSON.parse(readFileSync(folder.seedMarker, 'utf8')).seedVersion === seedVersion
  } catch {
    return false
  }
}

/** Written last and renamed: a folder without it is half made. */
export function writeMarker(folder: DataFolder): void {
  writeFileSync(`${folder.seedMarker}.new`, JSON.stringify({ seedVersion }))
  renameSync(`${folder.seedMarker}.new`, folder.seedMarker)
}

export function clearMarker(folder: DataFolder): void {
  rmSync(folder.seedMarker, { force: true })
}

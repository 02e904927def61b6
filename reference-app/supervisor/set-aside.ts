import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { DataFolder } from './data-folder.ts'

/** Moves a database that does not work out of the way, with its password. The one set aside before is removed. */
export function setAside({ postgres, postgresAside, passwordFile }: DataFolder): void {
  rmSync(postgresAside, { recursive: true, force: true })
  renameSync(postgres, postgresAside)
  renameSync(passwordFile, path.join(postgresAside, 'password'))
}

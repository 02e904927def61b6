import { join } from 'node:path'

/** The folder of a project's runs. */
export function runsFolder(projectRoot: string): string {
  return join(projectRoot, '.gauntlet', 'runs')
}

/** The folder of what the project's runs hold. */
export function leasesFolder(projectRoot: string): string {
  return join(projectRoot, '.gauntlet', 'leases')
}

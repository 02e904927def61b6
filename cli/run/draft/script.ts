import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ScriptEnvironment } from '../../../scenarios/drivers/k6/index.ts'
import { type Project, projectRootFor } from '../../config/load-config.ts'

/** Whether what `run` was given is a script: by its ending, or because there is such a file. */
export function isScript(given: string, cwd: string): boolean {
  const isFile = statSync(resolve(cwd, given), { throwIfNoEntry: false })?.isFile() ?? false
  return /\.([cm]?js|ts)$/.test(given) || (isFile && !/\.ya?ml$/.test(given))
}

/** A script names its target itself, so it needs no config; its runs are kept with those of the nearest project. */
export function scriptProject(cwd: string, config: string | undefined): Project {
  const description = { name: 'script', version: 'unknown', addresses: {} }
  return { root: projectRootFor(cwd, config), config: { target: { description } } }
}

/** What the script sees in __ENV: as under k6 itself, but for K6_*, which would change its options. */
export function scriptEnvironment(variables: Readonly<Record<string, string>>): ScriptEnvironment {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('K6_'),
  )
  return { inherited: Object.fromEntries(inherited), variables }
}

import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Compile } from 'typebox/compile'
import { checkShape, GauntletError, messageOf, valueDocument } from '../../reports/run/index.ts'
import { Config, type GauntletConfig } from './config.ts'
import { extend } from './extend.ts'
import { importDefault, whereThrown } from './import-default.ts'

export interface Project {
  /** the folder of gauntlet.config.ts: relative paths start here */
  readonly root: string
  readonly config: GauntletConfig
}

const NAMES = ['gauntlet.config.ts', 'gauntlet.config.js', 'gauntlet.config.mjs']
const isConfig = Compile(Config)

/** Loads the nearest config from this folder upwards, or the one given by --config, and what it adds to gauntlet. */
export async function loadProject(from: string, given?: string): Promise<Project> {
  const project = await readProject(from, given)
  extend(project.config.extend ?? {})
  return project
}

/**
 * Adds what the nearest config adds, for commands that need no project. Why it could not, in words: a record can be read
 * all the same.
 */
export async function loadMembers(from: string, given?: string): Promise<string | undefined> {
  if (!hasConfig(from, given)) return undefined
  try {
    await loadProject(from, given)
    return undefined
  } catch (error) {
    if (given !== undefined) throw error
    return `what the project adds is left out: ${messageOf(error)}`
  }
}

/** Only reads it: of two builds that add the same, neither is the one that gauntlet was called in. */
export async function readProject(from: string, given?: string): Promise<Project> {
  const file = given === undefined ? nearestConfig(from) : resolve(from, given)
  if (file === undefined || !existsSync(file))
    throw new GauntletError(
      'NO_CONFIG',
      file ? `there is no ${file}` : `no ${NAMES[0]} in ${from} or above it`,
      {
        hint: 'gauntlet init http://ADDRESS writes one that tests what answers there',
      },
    )
  const config = await importConfig(file)
  if (isConfig.Check(config)) return { root: dirname(file), config }
  const shown = relative(from, file)
  if (config === undefined)
    throw new GauntletError('BAD_CONFIG', `${shown} has no default export`, {
      hint: 'export default defineConfig({ target: { … } })',
    })
  const { complaints } = checkShape(Config, valueDocument(config, shown))
  throw new GauntletError('BAD_CONFIG', `${shown} cannot be used`, {
    complaints,
    hint: 'defineConfig from gauntlet lets the editor check it',
  })
}

/** Whether there is a config to load; runs of scripts and results of others need none. */
export function hasConfig(from: string, given?: string): boolean {
  return given !== undefined || nearestConfig(from) !== undefined
}

/** The folder that recorded runs belong to: the nearest project, else here. */
export function projectRootFor(from: string, given?: string): string {
  const file = given === undefined ? nearestConfig(from) : resolve(from, given)
  return file === undefined ? from : dirname(file)
}

function nearestConfig(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = NAMES.map((name) => join(folder, name)).find(existsSync)
    if (found !== undefined || folder === dirname(folder)) return found
  }
}

async function importConfig(file: string): Promise<unknown> {
  try {
    return await importDefault(file)
  } catch (cause) {
    const place = whereThrown(cause)
    throw new GauntletError('BAD_CONFIG', `${file} cannot be loaded: ${messageOf(cause)}`, {
      cause,
      ...(place === undefined ? {} : { hint: `see ${place}` }),
    })
  }
}

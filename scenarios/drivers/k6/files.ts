import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PlannedLoad, RunContext } from '../../../reports/run/index.ts'
import type { K6Binary } from './binary/binary.ts'
import type { K6Files, ScriptEnvironment } from './command.ts'
import { entryScript, scriptEntry } from './entry.ts'
import { toK6Options } from './options.ts'

/** What k6 is started with, besides the load. */
export interface K6Setting {
  readonly binary: K6Binary
  /** of somebody's own script, which is then the journey of all loads */
  readonly script?: ScriptEnvironment | undefined
}

type Place = Pick<RunContext, 'scratch' | 'projectRoot'>

/** Writes what k6 reads: the entry script and the options. A script brings its own options. */
export async function writeFiles(
  loads: readonly PlannedLoad[],
  { binary, script }: K6Setting,
  place: Place,
): Promise<K6Files> {
  if (script === undefined) return writeLoads(loads, { binary, options: toK6Options(loads) }, place)
  const files = { ...filesOf(binary, place), script }
  await writeFile(files.entry, scriptEntry(loads, urlIn(place)(loads[0]?.journey ?? '')))
  await writeFile(files.config, '{}')
  return files
}

/** Writes an entry script for journeys of ours, and options beside it. */
export async function writeLoads(
  loads: readonly PlannedLoad[],
  { binary, options }: { readonly binary: K6Binary; readonly options: object },
  place: Place,
): Promise<K6Files> {
  const files = filesOf(binary, place)
  await writeFile(files.entry, entryScript(loads, urlIn(place)))
  await writeFile(files.config, JSON.stringify(options, null, 2))
  return files
}

function filesOf({ path }: K6Binary, { scratch }: Place): K6Files {
  return {
    binary: path,
    entry: join(scratch, 'k6-entry.js'),
    config: join(scratch, 'k6-options.json'),
    fifo: join(scratch, 'k6-samples.csv'),
  }
}

const urlIn =
  ({ projectRoot }: Place) =>
  (journey: string): string =>
    pathToFileURL(resolve(projectRoot, journey)).href

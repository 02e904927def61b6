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

/** Writes what k6 reads: the entry script and the options. A script brings its own options. */
export async function writeFiles(
  loads: readonly PlannedLoad[],
  { binary, script }: K6Setting,
  { scratch, projectRoot }: Pick<RunContext, 'scratch' | 'projectRoot'>,
): Promise<K6Files> {
  const files = {
    binary: binary.path,
    script,
    entry: join(scratch, 'k6-entry.js'),
    config: join(scratch, 'k6-options.json'),
    fifo: join(scratch, 'k6-samples.csv'),
  }
  const urlOf = (journey: string) => pathToFileURL(resolve(projectRoot, journey)).href
  const [entry, options] =
    script === undefined
      ? [entryScript(loads, urlOf), toK6Options(loads)]
      : [scriptEntry(loads, urlOf(loads[0]?.journey ?? '')), {}]
  await writeFile(files.entry, entry)
  await writeFile(files.config, JSON.stringify(options, null, 2))
  return files
}

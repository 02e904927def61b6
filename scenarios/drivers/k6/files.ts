import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PlannedLoad, RunContext } from '../../../reports/run/index.ts'
import type { K6Binary } from './binary.ts'
import type { K6Files } from './command.ts'
import { entryScript } from './entry.ts'
import { toK6Options } from './options.ts'

/** Writes what k6 reads: the entry script and the options. */
export async function writeFiles(
  loads: readonly PlannedLoad[],
  binary: K6Binary,
  { scratch, projectRoot }: Pick<RunContext, 'scratch' | 'projectRoot'>,
): Promise<K6Files> {
  const files = {
    binary: binary.path,
    entry: join(scratch, 'k6-entry.js'),
    config: join(scratch, 'k6-options.json'),
    fifo: join(scratch, 'k6-samples.csv'),
  }
  const urlOf = (journey: string) => pathToFileURL(resolve(projectRoot, journey)).href
  await writeFile(files.entry, entryScript(loads, urlOf))
  await writeFile(files.config, JSON.stringify(toK6Options(loads), null, 2))
  return files
}

import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type Driver,
  GauntletError,
  type PlannedLoad,
  type Ready,
  type RunContext,
} from '../../../reports/run/index.ts'
import type { K6Binary } from './binary.ts'
import { inspectCommand, type K6Files } from './command.ts'
import { entryScript } from './entry.ts'
import { K6Log } from './log.ts'
import { toK6Options } from './options.ts'
import { startK6 } from './running.ts'

export interface K6DriverOptions {
  readonly binary: K6Binary
  /** every latency threshold of every objective: the stream counts exactly at each */
  readonly thresholdsMs: readonly number[]
}

/** Load by k6: one process for all scenarios of a plan. */
export function k6Driver({ binary, thresholdsMs }: K6DriverOptions): Driver<readonly PlannedLoad[]> {
  return {
    prepare: async (loads, context): Promise<Ready> => {
      const files = await writeFiles(loads, binary, context)
      await checkThatItLoads(files, context)
      await makeFifo(files.fifo, context)
      return { start: () => startK6({ loads, thresholdsMs, files }, context) }
    },
  }
}

async function writeFiles(
  loads: readonly PlannedLoad[],
  binary: K6Binary,
  { scratch, projectRoot }: RunContext,
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

async function checkThatItLoads(files: K6Files, { exec }: RunContext): Promise<void> {
  const log = new K6Log()
  const ended = await exec.run({ ...inspectCommand(files), onErrorLine: (line) => log.line(line) })
  if (ended.exitCode === 0) return
  const why = ended.failedToStart ?? (ended.timedOut ? 'it did not finish within a minute' : log.lastLines)
  throw new GauntletError('JOURNEY_UNLOADABLE', `k6 cannot load a journey: ${why}`, {
    hint: 'try it alone: k6 inspect JOURNEY',
  })
}

async function makeFifo(path: string, { exec }: RunContext): Promise<void> {
  const ended = await exec.run({ file: 'mkfifo', args: ['-m', '600', path] })
  if (ended.exitCode === 0) return
  throw new GauntletError('NO_FIFO', `no FIFO could be made: ${ended.failedToStart ?? ended.stderr.trim()}`, {
    hint: 'the folder for temporary files must be on a file system that knows FIFOs; set TMPDIR to one',
    exit: 'machinery',
  })
}

import { GauntletError, type PlannedLoad, type RunContext } from '../../../reports/run/index.ts'
import type { K6Binary } from './binary/binary.ts'
import { inspectCommand, type K6Files } from './command.ts'
import { writeFiles } from './files.ts'
import { K6Log } from './log.ts'

/** Has k6 run the journeys' init code only, and refuses one that it cannot load, in k6's words. */
export async function checkJourneys(
  loads: readonly PlannedLoad[],
  binary: K6Binary,
  context: Pick<RunContext, 'exec' | 'scratch' | 'projectRoot'>,
): Promise<void> {
  await inspect(await writeFiles(loads, { binary }, context), 'a journey', context)
}

/** What `k6 inspect` says of this entry; `what` names it where k6 cannot load it. */
export async function inspect(
  files: Omit<K6Files, 'fifo'>,
  what: string,
  { exec }: Pick<RunContext, 'exec'>,
): Promise<string> {
  const log = new K6Log()
  const ended = await exec.run({ ...inspectCommand(files), onErrorLine: (line) => log.line(line) })
  if (ended.exitCode === 0) return ended.stdout
  if (ended.failedToStart !== null)
    throw new GauntletError('K6_UNUSABLE', `${files.binary} cannot be started: ${ended.failedToStart}`, {
      exit: 'machinery',
    })
  const why = ended.timedOut ? 'it did not finish within a minute' : log.lastLines
  throw new GauntletError('JOURNEY_UNLOADABLE', `nothing was started: k6 cannot load ${what}: ${why}`, {
    hint: `try it alone: ${files.binary} inspect ${what === 'a journey' ? 'JOURNEY' : what}`,
  })
}

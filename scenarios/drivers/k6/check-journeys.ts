import { GauntletError, type PlannedLoad, type RunContext } from '../../../reports/run/index.ts'
import type { K6Binary } from './binary.ts'
import { inspectCommand } from './command.ts'
import { writeFiles } from './files.ts'
import { K6Log } from './log.ts'

/** Has k6 run the journeys' init code only, and refuses one that it cannot load, in k6's words. */
export async function checkJourneys(
  loads: readonly PlannedLoad[],
  binary: K6Binary,
  context: Pick<RunContext, 'exec' | 'scratch' | 'projectRoot'>,
): Promise<void> {
  const log = new K6Log()
  const files = await writeFiles(loads, binary, context)
  const ended = await context.exec.run({
    ...inspectCommand(files),
    onErrorLine: (line) => log.line(line),
  })
  if (ended.exitCode === 0) return
  if (ended.failedToStart !== null)
    throw new GauntletError('K6_UNUSABLE', `${binary.path} cannot be started: ${ended.failedToStart}`, {
      exit: 'machinery',
    })
  const why = ended.timedOut ? 'it did not finish within a minute' : log.lastLines
  throw new GauntletError('JOURNEY_UNLOADABLE', `nothing was started: k6 cannot load a journey: ${why}`, {
    hint: `try it alone: ${binary.path} inspect JOURNEY`,
  })
}

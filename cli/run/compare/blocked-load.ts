import type { BlockSchedule, DriverOutcome, PlannedLoad, RunContext } from '../../../reports/run/index.ts'
import { type K6Files, runCommand } from '../../../scenarios/drivers/k6/command.ts'
import { writeLoads } from '../../../scenarios/drivers/k6/files.ts'
import type { K6Binary } from '../../../scenarios/drivers/k6/index.ts'
import { K6Log } from '../../../scenarios/drivers/k6/log.ts'
import { makeFifo } from '../../../scenarios/drivers/k6/make-fifo.ts'
import { outcomeOf } from '../../../scenarios/drivers/k6/outcome.ts'
import { openFifo } from '../../../scenarios/drivers/k6/stream/fifo.ts'
import { blockedOptions, type SideLoad } from './blocked-options.ts'
import { BlockedStream } from './blocked-stream.ts'

export interface BlockedLoadOptions {
  readonly k6: K6Binary
  readonly loads: readonly SideLoad[]
  readonly schedule: BlockSchedule
  readonly thresholdsMs: readonly number[]
}

/** One k6 process that loads both sides in turn. */
export interface BlockedLoad {
  readonly stream: BlockedStream
  /** how long k6 has waited for a processor; null when nobody tells */
  schedulerDelayMs(): number | null
  readonly done: Promise<LoadEnd>
  stop(reason: string): Promise<void>
}

export interface LoadEnd {
  readonly outcome: DriverOutcome
  readonly firstException: string | null
}

/** k6 reacts to TERM within milliseconds. */
const STOP_GRACE_MS = 1_500

export async function startBlockedLoad(
  options: BlockedLoadOptions,
  context: RunContext,
): Promise<BlockedLoad> {
  const files = await writeFiles(options, context)
  const stream = new BlockedStream(options)
  const log = new K6Log()
  const fifo = openFifo(files.fifo, stream)
  const k6 = context.exec.start({
    ...runCommand(files),
    goesFirst: true,
    onErrorLine: (line) => log.line(line),
  })
  let stopped: string | undefined
  const finish = async (): Promise<LoadEnd> => {
    const ended = await k6.ended
    fifo.end()
    await stream.ended
    fifo.close()
    const outcome = outcomeOf(ended, stopped, log)
    if (outcome.kind === 'completed') stream.completed()
    const { failure: reason } = stream
    return {
      outcome: reason === undefined ? outcome : { kind: 'failed', reason },
      firstException: log.firstException,
    }
  }
  const stop = async (reason: string) => {
    stopped ??= reason
    await k6.stop(STOP_GRACE_MS)
  }
  // k6 would wait for ever for somebody to read on
  void stream.ended.then(() => (stream.failure === undefined ? undefined : stop(stream.failure)))
  const schedulerDelayMs = () => (k6.pid === undefined ? null : context.exec.schedulerDelayMs(k6.pid))
  return { stream, schedulerDelayMs, done: finish(), stop }
}

async function writeFiles(
  { k6, loads, schedule }: BlockedLoadOptions,
  context: RunContext,
): Promise<K6Files> {
  const named = loads.map(({ name, planned }): PlannedLoad => ({ ...planned, name }))
  const files = await writeLoads(named, { binary: k6, options: blockedOptions(loads, schedule) }, context)
  await makeFifo(files.fifo, context)
  return files
}

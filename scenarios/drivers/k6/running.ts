import type { DriverOutcome, PlannedLoad, RunContext, Running } from '../../../reports/run/index.ts'
import { type K6Files, runCommand } from './command.ts'
import { instrumentOf } from './instrument.ts'
import { K6Log } from './log.ts'
import { outcomeOf } from './outcome.ts'
import { scriptOutcomeOf } from './script-outcome.ts'
import { openFifo } from './stream/fifo.ts'
import type { FoldOptions } from './stream/fold.ts'
import { SampleStream } from './stream/sample-stream.ts'
import { holdYoungSpace } from './young-space.ts'

export interface K6Run extends FoldOptions {
  readonly loads: readonly PlannedLoad[]
  readonly thresholdsMs: readonly number[]
  readonly files: K6Files
}

/** k6 reacts to TERM within milliseconds: it interrupts what is in flight and ends. */
const STOP_GRACE_MS = 1_500

/** Starts k6 and folds its stream until both have ended. */
export function startK6(run: K6Run, context: RunContext): Running {
  const log = new K6Log()
  const schedulerDelayMs = () => (k6.pid === undefined ? null : context.exec.schedulerDelayMs(k6.pid))
  const stream = new SampleStream({ ...run, schedulerDelayMs }, context)
  const fifo = openFifo(run.files.fifo, stream)
  const k6 = context.exec.start({
    ...{ ...runCommand(run.files), goesFirst: true },
    onErrorLine: (line) => log.line(line),
  })
  let stopped: string | undefined
  const stop = async (reason: string) => {
    stopped ??= reason
    await k6.stop(STOP_GRACE_MS)
  }
  stream.onFailure((reason) => stop(reason))
  const finish = async (): Promise<DriverOutcome> => {
    using _young = holdYoungSpace()
    const ended = await k6.ended
    fifo.end()
    await stream.ended
    fifo.close()
    const toOutcome = run.files.script === undefined ? outcomeOf : scriptOutcomeOf
    const outcome = toOutcome(ended, stopped, log)
    // Interrupted by our stop, or by k6's death: not the target's fault.
    await stream.finish({ leaveOut: outcome.kind !== 'completed' })
    await stream.document('evidence/instrument.json', instrumentOf(stream, ended, log))
    return stream.failure ?? outcome
  }
  return { done: finish(), stop }
}

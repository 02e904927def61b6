import type { DriverOutcome, Ended } from '../../../reports/run/index.ts'
import type { K6Log } from './log.ts'
import { outcomeOf } from './outcome.ts'

/** A threshold was crossed, or the script called itself failed: k6 ran to its end, and our judge decides. */
const RAN_TO_ITS_END = [99, 110]
const ABORTED_BY_SCRIPT = 108
/** k6 ends with 99 in both cases; its last word alone says that a threshold ended the run. */
const ENDED_BY_THRESHOLD = /abortOnFail enabled, stopping test/

/** Somebody's own script may end itself, which is no failure of ours. */
export function scriptOutcomeOf(ended: Ended, stopped: string | undefined, log: K6Log): DriverOutcome {
  const exitCode = ended.exitCode ?? 0
  const endedItself = exitCode === ABORTED_BY_SCRIPT || ENDED_BY_THRESHOLD.test(log.lastLine)
  if (stopped === undefined && endedItself)
    return { kind: 'aborted', reason: `the script ended itself: ${log.lastLine}` }
  return outcomeOf(RAN_TO_ITS_END.includes(exitCode) ? { ...ended, exitCode: 0 } : ended, stopped, log)
}

import type { DriverOutcome, Ended } from '../../../reports/run/index.ts'
import type { K6Log } from './log.ts'

/** What k6's exit codes mean; grafana/k6 `errext/exitcodes/codes.go`. */
const MEANING: Readonly<Record<number, string>> = {
  104: 'its options are not valid',
  105: 'it was told to stop by somebody else',
  107: 'a script threw outside of an iteration',
  108: 'a journey aborted the test',
}

export function outcomeOf(ended: Ended, stopped: string | undefined, log: K6Log): DriverOutcome {
  if (stopped !== undefined) return { kind: 'stopped', reason: stopped }
  if (ended.exitCode === 0) return { kind: 'completed' }
  return { kind: 'failed', reason: `k6 ${howItEnded(ended)}`, ...lastWords(log) }
}

function howItEnded({ failedToStart, signal, exitCode }: Ended): string {
  if (failedToStart !== null) return `could not be started: ${failedToStart}`
  if (signal !== null) return `was ended by ${signal}`
  const meaning = exitCode === null ? undefined : MEANING[exitCode]
  return `ended with code ${exitCode}${meaning === undefined ? '' : `: ${meaning}`}`
}

const lastWords = ({ lastLines }: K6Log): { hint?: string } =>
  lastLines === '' ? {} : { hint: `its last words:\n${lastLines}` }

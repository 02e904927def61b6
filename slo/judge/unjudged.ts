import { EXIT, type ExitCode, type RunRecord } from '../../reports/run/index.ts'
import { exitCodeOf } from './exit-code.ts'
import { faultVerdicts } from './faults.ts'
import { outcomeOf, whyUnproven } from './outcome.ts'

/** Of a run that nobody waited to be judged: never met, and whether all was taken back is told all the same. */
export function exitCodeUnjudged(record: RunRecord): ExitCode {
  const unproven = whyUnproven(record, faultVerdicts(record, []))
  const ended = exitCodeOf('met', outcomeOf(record), unproven !== '')
  return ended > EXIT.stopped.code ? ended : EXIT.stopped.code
}

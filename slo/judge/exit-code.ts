import {
  type ExitCode,
  type ExitName,
  highestExit,
  type Outcome,
  type RunVerdict,
} from '../../reports/run/index.ts'

/** The highest code that holds (CONTRACTS, "Exit codes"). */
export function exitCodeOf(verdict: RunVerdict, outcome: Outcome, undoUnproven: boolean): ExitCode {
  return highestExit(
    verdict,
    ...outcomeExits(outcome, verdict),
    ...(undoUnproven ? ['unproven' as const] : []),
  )
}

function outcomeExits(outcome: Outcome, verdict: RunVerdict): ExitName[] {
  switch (outcome) {
    case 'completed':
    case 'crashed':
      return []
    case 'interrupted':
      return ['stopped']
    case 'aborted':
      return verdict === 'violated' ? [] : ['stopped']
    case 'failed':
      return ['machinery']
    default:
      return outcome satisfies never
  }
}

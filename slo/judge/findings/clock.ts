import type { Finding, RunRecord } from '../../../reports/run/index.ts'
import { clock, duration } from '../../../reports/run/words.ts'

/** The load generator stamps by the system's time and we by a clock that never steps (CONTRACTS, "One clock"). */
const MOST_STEP_MS = 50

export function clockFindings({ instrument }: RunRecord): Finding[] {
  const steps = (instrument?.seconds ?? []).filter(({ clockStepMs }) => Math.abs(clockStepMs) > MOST_STEP_MS)
  const [first] = steps
  if (first === undefined) return []
  const way = first.clockStepMs < 0 ? 'back' : 'on'
  return [
    {
      kind: 'clock-stepped',
      taints: { scope: 'run' },
      why: `The system's clock was set ${way} by ${duration(Math.abs(first.clockStepMs))} at ${clock(first.second * 1000)}, so no time measured across it holds.`,
      hint: 'let the clock settle (chronyc waitsync) and run again',
    },
  ]
}

import type { Finding, Instrument, RunRecord } from '../../../reports/run/index.ts'
import { outcomeOf } from '../outcome.ts'

const RUN = { scope: 'run' } as const

/** k6 ends well even when every iteration throws (grafana/k6 #6480); a run that was stopped may have had no time. */
export function iterationFindings(record: RunRecord): Finding[] {
  const { plan, instrument } = record
  if (instrument === null || outcomeOf(record) !== 'completed') return []
  const idle = plan.load.map(({ name }) => name).filter((name) => isIdle(name, instrument))
  const hasNone = instrument.iterations.every(({ completed }) => completed === 0)
  const taints = hasNone ? [RUN] : idle.map((name) => ({ scope: 'scenario', name }) as const)
  return idle.length === 0 ? [] : taints.map((one) => noneCompleted(one, instrument))
}

/** Completed nothing, and not because all of it waited on the target: that is the target's. */
function isIdle(name: string, { iterations }: Instrument): boolean {
  const own = iterations.find(({ scenario }) => scenario === name)
  if (own === undefined) return true
  return own.completed === 0 && (own.threw > 0 || own.interrupted + own.dropped === 0)
}

function noneCompleted(taints: Finding['taints'], { firstException }: Instrument): Finding {
  const whose = taints.name === undefined ? '' : ` of ${taints.name}`
  const [thrown, where] = (firstException ?? '').split('\n').map((line) => line.trim())
  const exception = firstException === null ? '' : `; the run's first exception: ${thrown}`
  return {
    ...{ kind: 'no-iteration-completed', taints },
    why: `No iteration${whose} completed${exception}.`,
    hint: `run the journey alone and mend what it throws${where ? ` ${where}` : ''}`,
  }
}

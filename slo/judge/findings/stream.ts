import { type Finding, INSTRUMENT_LIMITS, type RunRecord } from '../../../reports/run/index.ts'
import { clock, duration } from '../../../reports/run/words/words.ts'

const RUN = { scope: 'run' } as const
const AGAIN = 'stop other work on this machine or lower the rate; run again'

/** All that the stream carries is in doubt: events are placed by their intended start, ten seconds or more before. */
export function streamFindings({ instrument }: RunRecord): Finding[] {
  const gaps = (instrument?.gaps ?? []).map(({ fromSecond, toSecond }): Finding => {
    const [fromMs, toMs] = [fromSecond * 1000, (toSecond + 1) * 1000]
    const [from, to] = [clock(fromMs), clock(toMs)]
    return {
      kind: 'stream-gap',
      taints: RUN,
      why: `The sample stream has a gap of ${duration(toMs - fromMs)}, from ${from} to ${to}.`,
      hint: AGAIN,
    }
  })
  return [...gaps, ...behind(instrument)]
}

function behind(instrument: RunRecord['instrument']): Finding[] {
  const late = (instrument?.seconds ?? []).filter(({ lagMs }) => lagMs > INSTRUMENT_LIMITS.lagMs)
  const [first] = late
  if (first === undefined) return []
  const mostMs = Math.max(...late.map(({ lagMs }) => lagMs))
  return [
    {
      kind: 'stream-behind',
      taints: RUN,
      why: `Reading the sample stream fell behind by ${duration(mostMs)}, first at ${clock(first.second * 1000)}; ${duration(INSTRUMENT_LIMITS.lagMs)} are allowed.`,
      hint: AGAIN,
    },
  ]
}

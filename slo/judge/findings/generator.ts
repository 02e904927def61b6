import {
  type Finding,
  INSTRUMENT_LIMITS,
  type Instrument,
  lateFromMs,
  type RunRecord,
} from '../../../reports/run/index.ts'
import { duration, percent } from '../../../reports/run/words.ts'
import { type PhaseWindow, phaseWindows } from '../../sources/index.ts'

type Second = NonNullable<Instrument['seconds']>[number]

const { lateRatio, waitRatio } = INSTRUMENT_LIMITS

const HINT =
  'stop other work on this machine, lower the rate, or drive the load from another machine; run again'

/** A generator without time of its own measures itself: each judged phase of which that is true. */
export function generatorFindings({ plan, journal, instrument }: RunRecord): Finding[] {
  const judged = plan.phases.filter(({ judged, load }) => judged && load).map(({ name }) => name)
  return phaseWindows(plan, journal)
    .filter(({ phase }) => judged.includes(phase))
    .flatMap((window) => {
      const own = within(instrument?.seconds ?? [], window)
      return [...lateStarts(own, window, lateFromMs(plan.thresholdsMs)), ...starved(own, window)]
    })
}

const within = (seconds: readonly Second[], { fromSecond, toSecond }: PhaseWindow): Second[] =>
  seconds.filter(({ second }) => second >= fromSecond && second < toSecond)

/** While virtual users were free; when all wait for the target, a late start is the target's. */
function lateStarts(own: readonly Second[], { phase }: PhaseWindow, limitMs: number): Finding[] {
  const starts = own.reduce((sum, one) => sum + one.starts, 0)
  const late = own.reduce((sum, one) => sum + one.lateStarts, 0)
  if (late <= lateRatio * starts) return []
  return [
    {
      kind: 'late-starts',
      taints: { scope: 'phase', name: phase },
      why: `${percent(late / starts)} of the iterations of ${phase} started more than ${duration(limitMs)} late, with virtual users free; ${percent(lateRatio)} may.`,
      hint: HINT,
    },
  ]
}

function starved(own: readonly Second[], { phase }: PhaseWindow): Finding[] {
  const known = own.flatMap(({ runQueueRatio }) => runQueueRatio ?? [])
  const waited = known.reduce((sum, ratio) => sum + ratio, 0) / known.length
  if (known.length === 0 || waited <= waitRatio) return []
  return [
    {
      kind: 'generator-starved',
      taints: { scope: 'phase', name: phase },
      why: `The load generator waited ${percent(waited)} of ${phase} for a processor; ${percent(waitRatio)} may be.`,
      hint: HINT,
    },
  ]
}

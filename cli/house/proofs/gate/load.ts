import type { LoadSecond, PlannedObjective } from '../../../../reports/run/index.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'
import type { Shape } from './latencies.ts'
import { TIMED_OUT_MS } from './latencies.ts'

/** All simulated runs last so long; more events come at a higher rate. */
export const SECONDS = 60

/** One judged phase, which is the whole run. */
export const windowOf = (toSecond: number) => ({
  ...{ phase: 'all', fromSecond: 0, toSecond, delayed: false, faulted: false },
})

/** `p95 < limit`, or another quantile, as a plan would have it. */
export function objectiveAt(limitMs: number, targetRatio = 0.95): PlannedObjective {
  const request = { measure: 'request' } as const
  return {
    ...{ name: 'latency', title: 'Latency', advisory: false, phases: ['all'], evidence: 'sample' },
    ...{ total: request, good: { ...request, withinMs: limitMs }, targetRatio },
    ...{ promised: `p${100 * targetRatio} < ${limitMs} ms`, noun: 'requests' },
  }
}

/** The record that a run with these latencies would leave, with exact counters at the limits. */
export function recordOf(numbers: Float64Array, { msAt }: Shape, limitsMs: readonly number[]): LoadSecond[] {
  const perSecond = numbers.length / SECONDS
  return Array.from({ length: SECONDS }, (_, second) => {
    const answered = new Sketch()
    const timedOut = new Sketch()
    const over = limitsMs.map(() => 0)
    for (let n = second * perSecond; n < (second + 1) * perSecond; n += 1) {
      const ms = msAt(numbers[n]!)
      if (ms >= TIMED_OUT_MS) {
        timedOut.record(TIMED_OUT_MS)
        continue
      }
      answered.record(ms)
      for (let at = 0; at < limitsMs.length; at += 1) if (ms > limitsMs[at]!) over[at]! += 1
    }
    const series = (outcome: 'ok' | 'timeout', sketch: Sketch, counts: readonly number[]) => ({
      ...{ measure: 'request' as const, scenario: 'load', name: 'request', outcome, count: sketch.count },
      over: Object.fromEntries(limitsMs.map((limitMs, at) => [String(limitMs), counts[at]!])),
      sketch: sketch.encode(),
    })
    const all = [series('ok', answered, over)]
    if (timedOut.count > 0)
      all.push(
        series(
          'timeout',
          timedOut,
          limitsMs.map(() => timedOut.count),
        ),
      )
    return { schema: 'gauntlet/load/1', second, series: all }
  })
}

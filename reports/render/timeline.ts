import type { PerSecond, PhaseSpan, Timeline } from '../page/page-data.ts'
import { hasBegun, planEndMs, recordEndMs } from '../run/moments.ts'
import { latestEndMs } from '../run/phase-windows.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { moment } from '../run/words/words.ts'
import { drawnObjective, errorRatio, type LoadFigures } from './load-figures.ts'
import { faultSpans, marks } from './marks.ts'
import { plannedPerSecond } from './phases.ts'

/** One value a second and everything that stands beside it. A second without a line of load is unknown, never 0. */
export function timeline(
  record: RunRecord,
  verdict: Verdict,
  { phases, seconds }: { phases: readonly PhaseSpan[]; seconds: ReadonlyMap<number, LoadFigures> },
): Timeline {
  const drawn = drawnObjective(record.plan)
  const faults = faultSpans(record, phases)
  const numbered = marks(record)
  const lastMs = Math.max(recordEndMs(record), ...[...phases, ...faults].map(({ toMs }) => toMs))
  const endMs = Math.min(latestEndMs(record.plan), Math.max(lastMs, ...numbered.map(({ atMs }) => atMs)))
  const length = Math.max(1, Math.ceil(endMs / 1000))
  const each = (read: (figures: LoadFigures) => number | null): PerSecond =>
    Array.from({ length }, (_, second) => {
      const figures = seconds.get(second)
      return figures === undefined ? null : read(figures)
    })
  // After the load a handful of requests end what was begun: a rate or a percentile of these would look like a fall.
  const loaded = phases.filter(({ load }) => load)
  const isLoaded = (atMs: number): boolean => loaded.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  const underLoad = (read: (figures: LoadFigures) => number | null): PerSecond =>
    each(read).map((value, second) => (isLoaded(second * 1000 + 500) ? value : null))
  const limitMs = drawn?.good?.withinMs
  return {
    seconds: length,
    ratePerSecond: underLoad(({ requests }) => requests),
    plannedPerSecond: plannedPerSecond(record.plan),
    latencyOf: drawn?.total.name ?? drawn?.total.scenario ?? 'all requests',
    p50Ms: underLoad(({ latency }) => latency.quantile(0.5)),
    p95Ms: underLoad(({ latency }) => latency.quantile(0.95)),
    p99Ms: underLoad(({ latency }) => latency.quantile(0.99)),
    limit: drawn === undefined || limitMs === undefined ? null : { ms: limitMs, promised: drawn.promised },
    errorRatio: each(errorRatio),
    phases,
    faults,
    marks: numbered,
    audits: auditSpans(record, phases),
    taints: taintSpans(verdict, record, phases),
    gaps: gapSpans(record, length * 1000, phases),
  }
}

function auditSpans({ plan }: RunRecord, phases: readonly PhaseSpan[]): Timeline['audits'] {
  return phases
    .filter(
      ({ name, reached }) => reached && plan.phases.some((one) => one.name === name && one.audits.length > 0),
    )
    .map(({ fromMs, toMs, load }) => ({ fromMs, toMs, name: load ? 'audits, under load' : 'audits' }))
}

/**
 * A fault in doubt spoils its phase and all that follows, other findings the phases that they name; those over a scenario
 * or the whole run stand in words only.
 */
function taintSpans(
  { findings }: Verdict,
  { plan }: RunRecord,
  phases: readonly PhaseSpan[],
): Timeline['taints'] {
  const experiments = new Map(plan.experiments.map(({ name, phase }) => [name, phase]))
  return findings.flatMap(({ taints: { scope, name = '' }, why }) => {
    if (scope !== 'experiment' && scope !== 'phase') return []
    const isFault = scope === 'experiment'
    const from = phases.find((phase) => phase.name === (isFault ? experiments.get(name) : name))
    const last = isFault ? phases.findLast(({ reached }) => reached) : from
    if (from === undefined || last === undefined) return []
    return [{ fromMs: from.fromMs, toMs: last.toMs, why }]
  })
}

function gapSpans(record: RunRecord, lengthMs: number, phases: readonly PhaseSpan[]): Timeline['gaps'] {
  const silent = (record.instrument?.gaps ?? []).map(({ fromSecond, toSecond }) => ({
    fromMs: fromSecond * 1000,
    // the last silent second is named, not the first that spoke
    toMs: (toSecond + 1) * 1000,
    why: 'gap',
  }))
  const fromMs = planEndMs(record)
  const isWhole = phases.every(({ reached, toMs }) => reached && toMs <= fromMs)
  if (record.complete && isWhole) return silent
  return [...silent, { fromMs, toMs: lengthMs, why: whyNothing(record, fromMs) }]
}

function whyNothing(record: RunRecord, fromMs: number): string {
  const when = hasBegun(record) ? `at ${moment(fromMs)}` : 'before the load began'
  if (!record.complete) return `no data: the record ends ${when}`
  const wasStopped = hasBegun(record) && record.journal.some(({ kind }) => kind === 'stopped')
  return `not reached: the run ${wasStopped ? 'was stopped' : 'ended'} ${when}`
}

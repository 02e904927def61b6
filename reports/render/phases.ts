import type { PhaseFigures, PhaseSpan } from '../page/page-data.ts'
import type { JournalKind } from '../run/journal.ts'
import { msOf, recordEndMs } from '../run/moments.ts'
import type { Plan, PlannedPhase } from '../run/plan.ts'
import { steadyRatePerSecond } from '../run/rates.ts'
import type { RunRecord } from '../run/record.ts'
import { addUp, errorRatio, type LoadFigures } from './load-figures.ts'

/** The phases and the drain in their order, where the journal has them; what was not reached, where the plan has it. */
export function phaseSpans(record: RunRecord): PhaseSpan[] {
  const drainAfter = record.plan.phases.findLastIndex(({ load }) => load)
  const spans: PhaseSpan[] = []
  for (const [index, phase] of record.plan.phases.entries()) {
    spans.push(phaseSpan(record, phase, spans.at(-1)?.toMs ?? 0))
    if (index === drainAfter) spans.push(...drainSpan(record, spans.at(-1)?.toMs ?? 0))
  }
  return spans
}

function phaseSpan(record: RunRecord, phase: PlannedPhase, afterMs: number): PhaseSpan {
  const of = { name: phase.name, judged: phase.judged, load: phase.load }
  const startedMs = when(record, 'phase-started', phase.name)
  if (startedMs === undefined) {
    const fromMs = Math.max(afterMs, phase.startMs)
    return { ...of, reached: false, fromMs, toMs: fromMs + phase.durationMs }
  }
  const endedMs = when(record, 'phase-ended', phase.name)
  return { ...of, reached: true, fromMs: startedMs, toMs: endedMs ?? startedMs + phase.durationMs }
}

function drainSpan(record: RunRecord, afterMs: number): PhaseSpan[] {
  const { drain } = record.plan
  if (drain === undefined) return []
  const of = { name: 'drain', judged: false, load: false }
  const startedMs = when(record, 'drain-started')
  if (startedMs === undefined)
    return [{ ...of, reached: false, fromMs: afterMs, toMs: afterMs + drain.atMostMs }]
  const endedMs = when(record, 'drain-ended') ?? recordEndMs(record)
  return [{ ...of, reached: true, fromMs: startedMs, toMs: endedMs }]
}

function when(record: RunRecord, kind: JournalKind, phase?: string): number | undefined {
  const entry = record.journal.find(
    (one) => one.kind === kind && (!('phase' in one) || phase === undefined || one.phase === phase),
  )
  return entry && msOf(record, entry.atUs)
}

/**
 * What happened in each phase; phases end on whole seconds, and an event belongs to the second it was due in. The last
 * tick of the load may fall into the drain, which is no rate of the drain.
 */
export function phaseFigures(
  spans: readonly PhaseSpan[],
  { seconds, endMs }: { readonly seconds: ReadonlyMap<number, LoadFigures>; readonly endMs: number },
): PhaseFigures[] {
  return spans.map((span) => {
    const [from, to] = [Math.round(span.fromMs / 1000), Math.round(span.toMs / 1000)]
    const within = [...seconds]
      .filter(([second]) => second >= from && second < to)
      .map(([, figures]) => figures)
    const { name, judged, load, reached, fromMs, toMs } = span
    const wasCut = reached && endMs < toMs
    const length = wasCut
      ? { lengthMs: Math.max(0, endMs - fromMs), cutFromMs: toMs - fromMs }
      : { lengthMs: toMs - fromMs, cutFromMs: null }
    return { name, judged, load, reached, ...length, ...figuresOf(load ? within : []) }
  })
}

function figuresOf(within: readonly LoadFigures[]) {
  const all = addUp(within)
  return {
    ratePerSecond: within.length === 0 ? null : all.requests / within.length,
    p50Ms: all.latency.quantile(0.5),
    p95Ms: all.latency.quantile(0.95),
    p99Ms: all.latency.quantile(0.99),
    errorRatio: errorRatio(all),
  }
}

/** Requests a second that the plan asks for from beginning to end; null without a load of which that is known. */
export function plannedPerSecond(plan: Plan): number | null {
  const rates = plan.load.map(steadyRatePerSecond).filter((rate) => rate !== undefined)
  return rates.length === 0 || rates.length < plan.load.length
    ? null
    : rates.reduce((sum, rate) => sum + rate)
}

import type { PhaseFigures, PhaseSpan, Span } from '../page/page-data.ts'
import type { JournalKind } from '../run/journal.ts'
import { loadLeftMs, ratePerSecond, requestsBySecond } from '../run/load-rate.ts'
import { msOf, planEndMs, recordEndMs } from '../run/moments.ts'
import { phaseWindows } from '../run/phase-windows.ts'
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
 * What happened in each phase. An event belongs to the second it was due in; judged phases hold the seconds that are
 * judged. The last tick of the load may fall into the drain, which is no rate of the drain.
 */
export function phaseFigures(
  record: RunRecord,
  spans: readonly PhaseSpan[],
  seconds: ReadonlyMap<number, LoadFigures>,
): PhaseFigures[] {
  const [endMs, leftMs] = [planEndMs(record), loadLeftMs(record)]
  const requests = requestsBySecond(record)
  return spans.map((span) => {
    const { name, judged, load, reached } = span
    const { fromMs, toMs } = countedSpan(record, span)
    const cut = { fromMs, toMs: Math.max(fromMs, Math.min(toMs, endMs)) }
    const wasCut = reached && endMs < span.toMs
    return {
      ...{ name, judged, load, reached, lengthMs: (reached ? cut.toMs : toMs) - fromMs },
      cutFromMs: wasCut ? plannedMs(record, span) : null,
      ...figuresOf(load ? seconds : new Map(), cut),
      ratePerSecond: load ? ratePerSecond(requests, { ...cut, toMs: Math.min(cut.toMs, leftMs) }) : null,
    }
  })
}

/** The seconds that the judge counts; other phases end on whole seconds, those without load when they ended. */
function countedSpan({ plan, journal }: RunRecord, span: PhaseSpan): Span {
  const { name, judged, load, reached, fromMs, toMs } = span
  if (!load || !reached) return { fromMs, toMs }
  const window = phaseWindows(plan, journal).find(({ phase }) => phase === name)
  if (judged && window) return { fromMs: window.fromSecond * 1000, toMs: window.toSecond * 1000 }
  return { fromMs: Math.round(fromMs / 1000) * 1000, toMs: Math.round(toMs / 1000) * 1000 }
}

function plannedMs({ plan }: RunRecord, { name, fromMs, toMs }: PhaseSpan): number {
  return plan.phases.find((phase) => phase.name === name)?.durationMs ?? toMs - fromMs
}

function figuresOf(seconds: ReadonlyMap<number, LoadFigures>, { fromMs, toMs }: Span) {
  const within = [...seconds].filter(([second]) => second * 1000 >= fromMs && second * 1000 < toMs)
  const all = addUp(within.map(([, figures]) => figures))
  return {
    p50Ms: all.latency.quantile(0.5),
    p95Ms: all.latency.quantile(0.95),
    p99Ms: all.latency.quantile(0.99),
    errorRatio: errorRatio(all),
  }
}

/** Iterations a second that the plan asks for from beginning to end; null without a load of which that is known. */
export function plannedPerSecond(plan: Plan): number | null {
  const rates = plan.load.map(steadyRatePerSecond).filter((rate) => rate !== undefined)
  return rates.length === 0 || rates.length < plan.load.length
    ? null
    : rates.reduce((sum, rate) => sum + rate)
}

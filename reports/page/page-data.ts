import type { Comparison } from '../run/comparison.ts'
import type { Verdict } from '../run/verdict.ts'

/** All that the report page shows. Times are milliseconds from second 0, figures exact: the page only words them. */
export interface PageData {
  readonly runId: string
  readonly plan: { readonly name: string; readonly title: string; readonly why: string }
  /** the row of facts below the verdict: name and words */
  readonly summary: readonly (readonly [string, string])[]
  /** verdict.json as it is, but its objectives in the plan's order */
  readonly verdict: Verdict
  readonly timeline: Timeline
  readonly phases: readonly PhaseFigures[]
  readonly faultPlans: readonly FaultPlan[]
  /** paths of evidence of which no line was recorded: there may be no such file */
  readonly emptyEvidence: readonly string[]
  /** `OBJECTIVE PHASE` whose figure is the least that it can be */
  readonly openEnds: readonly string[]
  readonly audits: readonly AuditTable[]
  readonly checks: readonly Check[]
  readonly reproduce: Reproduce
}

/** A stretch of the run. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** One value a second, null where nothing is known. */
export type PerSecond = readonly (number | null)[]

export interface Timeline {
  /** length of the x axis in whole seconds */
  readonly seconds: number
  readonly ratePerSecond: PerSecond
  /** iterations, of which each may send many requests; null: the plan has no open load */
  readonly plannedPerSecond: number | null
  /** whose latency is drawn: `search`, or `all requests` */
  readonly latencyOf: string
  readonly p50Ms: PerSecond
  readonly p95Ms: PerSecond
  readonly p99Ms: PerSecond
  /** the latency objective that is drawn as a line */
  readonly limit: { readonly ms: number; readonly promised: string } | null
  readonly errorRatio: PerSecond
  readonly phases: readonly PhaseSpan[]
  readonly faults: readonly FaultSpan[]
  readonly marks: readonly Mark[]
  readonly audits: readonly (Span & { readonly name: string })[]
  readonly taints: readonly (Span & { readonly why: string })[]
  /** where nothing is known, with the reason */
  readonly gaps: readonly (Span & { readonly why: string })[]
}

export interface PhaseSpan extends Span {
  readonly name: string
  readonly judged: boolean
  readonly load: boolean
  /** false: the run ended before it */
  readonly reached: boolean
}

export interface FaultSpan extends Span {
  readonly experiment: string
  /** which of several faults of its experiment; left out: it is the only one */
  readonly number?: number
  /** true: it was not injected, and stands where the plan has it */
  readonly planned: boolean
}

/** A moment of the journal; its number on the chart is its place in the list. */
export interface Mark {
  readonly atMs: number
  readonly text: string
}

export interface PhaseFigures {
  readonly name: string
  readonly judged: boolean
  readonly reached: boolean
  /** whether the load ran in it */
  readonly load: boolean
  readonly lengthMs: number
  /** the length it was to have, when the run ended within it */
  readonly cutFromMs: number | null
  readonly ratePerSecond: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  readonly errorRatio: number | null
}

/** What the plan says of an experiment, beside what the verdict says of it. */
export interface FaultPlan {
  readonly experiment: string
  readonly phase: string
  readonly undo: string
  readonly proof: string
}

/** One page's visits: a row a metric, a column a phase. */
export interface AuditTable {
  readonly audit: string
  readonly title: string
  readonly preset: string
  readonly phases: readonly string[]
  readonly rows: readonly { readonly metric: string; readonly cells: readonly AuditCell[] }[]
  /** why visits gave no figures */
  readonly errors: readonly string[]
}

/** Median of the visits of one phase, with the least and the most. */
export interface AuditCell {
  readonly visits: number
  readonly median: number | null
  readonly least: number | null
  readonly most: number | null
}

export interface Check {
  readonly name: string
  readonly measured: string
  readonly limit: string
  /** share of the limit that is used, 0-1 and beyond; null: the limit is not a number above zero */
  readonly usedRatio: number | null
  /** near: from 75 % of the limit; over: beyond it, and yet no finding */
  readonly state: 'sound' | 'near' | 'over' | 'tainted' | 'counted' | 'not measured'
  /** why what is over its limit is no finding */
  readonly why?: string
}

export interface Reproduce {
  readonly run: string
  /** left out by a comparison: it has no record that could be judged again */
  readonly judge?: string
  /** name and value, such as `Plan` and `verify, seed 7` */
  readonly facts: readonly (readonly [string, string])[]
}

/** All that the page of a comparison shows. */
export interface ComparisonPageData {
  readonly comparison: Comparison
  /** the row of facts below the verdict: name and words */
  readonly summary: readonly (readonly [string, string])[]
  readonly reproduce: Reproduce
}

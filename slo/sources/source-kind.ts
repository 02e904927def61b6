import type { Http, PlannedSource, QueryPoints } from '../../reports/run/index.ts'

export interface AskedQuery {
  readonly source: PlannedSource
  readonly query: string
  /** the first and the last moment, in microseconds since 1970 */
  readonly fromUs: number
  readonly toUs: number
}

/** Of one series: microseconds since 1970, ascending, and the number there; null where it has none. */
export type Points = QueryPoints['points']

/**
 * A kind of data source, such as Prometheus: one file, and one line in the list of built-ins or in `extend.sources` of a
 * project's config. Its `http` sends what opens the source along, and never throws.
 */
export interface SourceKind {
  /** as an OpenSLO file says it: `type: Prometheus` */
  readonly type: string
  /** a point every `stepMs`; or why there are none, in words */
  points(asked: AskedQuery & { readonly stepMs: number }, http: Http): Promise<Points | string>
  /** up to when it knows everything, in microseconds since 1970; undefined when it does not say. Left out: up to now. */
  knownUntilUs?(source: PlannedSource, http: Http): Promise<number | undefined>
  /** why it does not answer at all, in words; undefined when it does */
  whyNoAnswer(source: PlannedSource, http: Http): Promise<string | undefined>
}

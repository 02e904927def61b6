import type { PageFigures } from './visit-protocol.ts'

/** Lighthouse's audits whose numeric values are kept, under its own names. Times are in ms. */
const METRICS = [
  'largest-contentful-paint',
  'first-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
  'interactive',
]

/** The part of Lighthouse's result (LHR) that figures are read from. */
export interface LighthouseResult {
  readonly audits: Readonly<
    Record<string, { readonly numericValue?: number; readonly errorMessage?: string }>
  >
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>
  readonly environment: { readonly benchmarkIndex: number }
  readonly runtimeError?: { readonly code: string; readonly message: string }
}

/** A result without a largest paint is a failed visit, whatever else Lighthouse measured. */
export function toFigures(result: LighthouseResult): PageFigures {
  const error = whyNoFigures(result)
  return {
    metrics: error === null ? metricsOf(result) : {},
    benchmarkIndex: result.environment.benchmarkIndex,
    error,
    lighthouseResult: { ...result },
  }
}

/** A visit of which Lighthouse can tell nothing. */
export function noFigures(error: string): PageFigures {
  return { metrics: {}, benchmarkIndex: null, error, lighthouseResult: null }
}

function metricsOf({ audits, categories }: LighthouseResult): Record<string, number> {
  const metrics: Record<string, number> = {}
  const keep = (name: string, value: number | null | undefined): void => {
    if (typeof value === 'number' && Number.isFinite(value)) metrics[name] = value
  }
  for (const id of METRICS) keep(id, audits[id]?.numericValue)
  keep('performance-score', categories['performance']?.score)
  return metrics
}

function whyNoFigures({ audits, runtimeError }: LighthouseResult): string | null {
  if (runtimeError !== undefined) return `${runtimeError.code}: ${runtimeError.message}`
  const paint = audits['largest-contentful-paint']
  if (Number.isFinite(paint?.numericValue)) return null
  return paint?.errorMessage ?? 'Lighthouse gave no largest-contentful-paint'
}

import type { LiveFigures, Log, Plan, PlannedPhase } from '../../reports/run/index.ts'
import { duration } from '../../reports/run/words/words.ts'

/** What people see while a run goes on; it goes to stderr, the result goes to stdout. */
export interface Progress extends Log {
  /** the length of all that follows is known */
  planned(plan: Plan, runId: string): void
  /** a line below the others, such as what Ctrl-C does */
  hint(line: string): void
  /** nothing is drawn any more */
  end(): void
}

export interface Screen {
  write(text: string): void
  readonly isTerminal: boolean
  /** of a terminal, as wide as it is now */
  readonly columns?: number | undefined
}

/** Seconds since the command began, as `m:ss`. */
export function elapsed(sinceMs: number): string {
  const seconds = Math.floor((performance.now() - sinceMs) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function figuresInWords({ perSecond, p95Ms, errorRatio }: LiveFigures): string {
  const p95 = p95Ms === null ? 'p95 no data' : `p95 ${Math.round(p95Ms)} ms`
  const errors = errorRatio === null ? '' : `, errors ${(errorRatio * 100).toFixed(2)} %`
  return `${Math.round(perSecond)}/s, ${p95}${errors}`
}

export function phaseInWords({ name, durationMs, judged, load }: PlannedPhase): string {
  return `${name}, ${load ? '' : 'at most '}${duration(durationMs)}${judged ? '' : ', not judged'}`
}

import type { AuditRequest, PageFigures, VisitLine } from './visit-protocol.ts'

/** A visit takes 4-5 s; one begun with less time than this would only be cut off. */
const SHORTEST_VISIT_MS = 5_000

interface VisitsOptions {
  readonly signal: AbortSignal
  nowUs(): number
  visit(timeoutMs: number): Promise<PageFigures>
  print(line: VisitLine): void
}

/**
 * Visits until so many have succeeded or the time is up. A page that always fails is asked twice as often as
 * planned and no more: an answer that comes at once would fill the phase with failures.
 */
export async function runVisits(request: AuditRequest, options: VisitsOptions): Promise<void> {
  let succeeded = 0
  for (let visit = 1; visit <= 2 * request.visits && succeeded < request.visits; visit++) {
    const atUs = Math.round(options.nowUs())
    const leftMs = (request.untilUs - atUs) / 1000
    if (leftMs < SHORTEST_VISIT_MS) return
    const figures = await options.visit(Math.floor(Math.min(request.visitTimeoutMs, leftMs)))
    if (options.signal.aborted) return
    options.print({ visit, atUs, ...figures })
    if (figures.error === null) succeeded++
  }
}

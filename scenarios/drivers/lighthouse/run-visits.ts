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
 * Visits until enough have succeeded or the time is up. At most twice as many visits fail as are planned: a page
 * whose answer comes at once would fill the phase with failures.
 */
export async function runVisits(request: AuditRequest, options: VisitsOptions): Promise<void> {
  let succeeded = 0
  let failed = 0
  while (succeeded < request.enoughVisits && failed < 2 * request.visits) {
    const atUs = Math.round(options.nowUs())
    const leftMs = (request.untilUs - atUs) / 1000
    if (leftMs < SHORTEST_VISIT_MS) return
    const figures = await options.visit(Math.floor(Math.min(request.visitTimeoutMs, leftMs)))
    if (options.signal.aborted) return
    options.print({ visit: succeeded + failed + 1, atUs, ...figures })
    if (figures.error === null) succeeded++
    else failed++
  }
}

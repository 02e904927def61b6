/** How often a burner rests; short, so that a share of a core is a share also of a tenth of a second. */
export const SLICE_MS = 20
/** What a crowded machine withheld is made up for only so far: a burner that was starved is no burst later. */
export const MOST_OWED_MS = 100

export interface BurnerOptions {
  /** of one core, 0–1 */
  readonly loadRatio: number
  readonly nowMs: () => number
  /** processor time that this thread has used */
  readonly cpuMs: () => number
  readonly sleep: (ms: number) => void
}

/**
 * Keeps one core busy for a share of the time. Each call burns and rests for one slice; what the thread's own processor
 * clock says was missed, or was too much, is made up for in the next.
 */
export function createBurner({ loadRatio, nowMs, cpuMs, sleep }: BurnerOptions): () => void {
  let owedMs = 0
  let lastMs = nowMs()
  let lastCpuMs = cpuMs()
  return () => {
    const burnMs = Math.max(0, loadRatio * SLICE_MS + owedMs)
    while (nowMs() - lastMs < burnMs);
    if (burnMs < SLICE_MS) sleep(SLICE_MS - burnMs)
    const [now, cpu] = [nowMs(), cpuMs()]
    owedMs = Math.min(MOST_OWED_MS, owedMs + loadRatio * (now - lastMs) - (cpu - lastCpuMs))
    lastMs = now
    lastCpuMs = cpu
  }
}

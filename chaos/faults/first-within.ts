import type { Clock } from '../../reports/run/index.ts'

/** Real traffic must have felt the fault by then; whoever talks less often over a link than this proves nothing. */
const FELT_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 100

/** Looks until there is something to see, until that is no more to be expected, or until the fault is to end. */
export async function firstWithin<Seen>(
  look: () => Promise<Seen | undefined>,
  over: AbortSignal,
  clock: Clock,
): Promise<Seen | undefined> {
  const endUs = clock.nowUs() + FELT_WITHIN_MS * 1000
  for (;;) {
    const seen = await look()
    if (seen !== undefined || over.aborted || clock.nowUs() >= endUs) return seen
    await clock.wait(LOOK_EVERY_MS, over).catch(() => {})
  }
}

import type { Clock } from '../../reports/run/index.ts'

const LOOK_EVERY_MS = 50

/** Looks until it holds; false when it does not within the limit. A look that throws is one that does not hold. */
export async function holdsWithin(
  limitMs: number,
  check: () => Promise<boolean>,
  clock: Clock,
): Promise<boolean> {
  const endUs = clock.nowUs() + limitMs * 1000
  for (;;) {
    if (await check().catch(() => false)) return true
    if (clock.nowUs() >= endUs) return false
    await clock.wait(LOOK_EVERY_MS)
  }
}

/** `within 30 s`; of a single look `yet`. */
export const inTime = (limitMs: number): string => (limitMs === 0 ? 'yet' : `within ${limitMs / 1000} s`)

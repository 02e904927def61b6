import type { Clock } from '../../reports/run/index.ts'

/** Resolves at that moment of the run's clock, or as soon as all is to end. */
export async function waitUntil(atUs: number, over: AbortSignal, clock: Clock): Promise<void> {
  const leftMs = Math.max(0, (atUs - clock.nowUs()) / 1000)
  await clock.wait(leftMs, over).catch(() => {})
}

import type { Point } from './point.ts'

/** What was not read where one after the other should have been, up to `untilMs`, as points without a value. */
export function withGaps(points: readonly Point[], stepMs: number, untilMs: number): Point[] {
  const whole: Point[] = []
  let lastMs = -stepMs
  const missUntil = (nextMs: number): void => {
    const endMs = Math.min(nextMs, untilMs) - stepMs / 2
    for (let atMs = Math.max(0, lastMs + stepMs); atMs < endMs; atMs += stepMs)
      whole.push({ atMs, value: null })
  }
  for (const point of points) {
    missUntil(point.atMs)
    whole.push(point)
    lastMs = point.atMs
  }
  missUntil(untilMs)
  return whole
}

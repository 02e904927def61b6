import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toChordM, toKm, toPoint } from './earth.ts'

test('a chord turns back into the kilometres it was made of', () => {
  for (const km of [0, 0.5, 5, 200, 10_000]) assert.ok(Math.abs(toKm(toChordM(km)) - km) < 1e-6, String(km))
})

test('Zurich lies 95.5 km from Bern', () => {
  const [zurich, bern] = [parse(toPoint(47.3769, 8.5417)), parse(toPoint(46.948, 7.4474))]
  const chordM = Math.hypot(...zurich.map((metre, axis) => metre - (bern[axis] ?? 0)))
  assert.ok(Math.abs(toKm(chordM) - 95.5) < 0.5, String(toKm(chordM)))
})

function parse(point: string): number[] {
  return point.slice(1, -1).split(',').map(Number)
}

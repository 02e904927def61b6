import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { timeOracle } from './testing/time-oracle.ts'
import { type Point, residualsOf, theilSen } from './theil-sen.ts'

const close = (actual: number | undefined, expected: number): void =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  )

for (const { name, points, slope, start } of timeOracle.slopes)
  test(`of ${name} slope and start are what scipy finds`, () => {
    const line = theilSen(points.map(([atMs, value]) => ({ atMs, value })))
    close(line?.slope, slope)
    close(line?.start, start)
  })

const series = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: -1000, max: 1000 })), {
    minLength: 2,
    maxLength: 40,
    selector: ([atMs]) => atMs,
  })
  .map((pairs): Point[] => pairs.map(([atMs, value]) => ({ atMs, value })))

test('as many pairs rise above the line as fall below it', () =>
  fc.assert(
    fc.property(series, (points) => {
      const slope = theilSen(points)?.slope ?? Number.NaN
      const turned = points.flatMap((a, n) =>
        points.slice(n + 1).map((b) => Math.sign((b.value - a.value) / (b.atMs - a.atMs) - slope)),
      )
      const [above, below] = [1, -1].map((side) => turned.filter((sign) => sign === side).length)
      assert.ok(above! <= turned.length / 2 && below! <= turned.length / 2)
    }),
  ))

test('a line laid on top of a series adds its slope', () =>
  fc.assert(
    fc.property(series, fc.integer({ min: -50, max: 50 }), (points, slope) => {
      const tilted = points.map(({ atMs, value }) => ({ atMs, value: value + slope * atMs }))
      close(theilSen(tilted)?.slope, (theilSen(points)?.slope ?? Number.NaN) + slope)
    }),
  ))

test('a quarter of wild points moves the slope of a line by nothing', () => {
  const points = Array.from({ length: 40 }, (_, n) => ({ atMs: n, value: n % 4 === 1 ? -1e6 : 2 * n }))
  close(theilSen(points)?.slope, 2)
})

test('points of one moment, or fewer than two, have no slope', () => {
  assert.equal(theilSen([]), null)
  assert.equal(theilSen([{ atMs: 1, value: 1 }]), null)
  assert.equal(theilSen([1, 2, 3].map((value) => ({ atMs: 7, value }))), null)
})

test('half of the points lie above the line', () => {
  const points = [5, 1, 4, 1, 5, 9, 2, 6].map((value, atMs) => ({ atMs, value }))
  const line = theilSen(points)
  assert.ok(line !== null)
  assert.equal(residualsOf(points, line).filter((one) => one > 0).length, 4)
})

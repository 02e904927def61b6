import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasTeeth } from './sawtooth.ts'
import { theilSen } from './theil-sen.ts'
import { cutInBuckets } from './time-buckets.ts'

function seesTeeth(of: (second: number) => number, buckets = 24): boolean {
  const points = Array.from({ length: 240 }, (_, n) => ({ atMs: n * 1000, value: of(n) }))
  const line = theilSen(points)
  assert.ok(line !== null)
  return hasTeeth(cutInBuckets(points, buckets), line)
}

const rows: readonly (readonly [what: string, expected: boolean, of: (second: number) => number])[] = [
  ['a tooth every 4 s', true, (n) => n % 4],
  ['a tooth every 15 s, in two buckets of three', true, (n) => n % 15],
  ['a tooth every 30 s, in one bucket of three', false, (n) => n % 30],
  ['teeth upon a leak of a tooth in 7 s', true, (n) => (n % 7) + n],
  ['a steady rise', false, (n) => 0.1 * n],
  ['a value that never changes', false, () => 3],
  ['a rise that slows down', false, (n) => Math.sqrt(n)],
  ['a sawtooth that only falls slowly', false, (n) => -(n % 20)],
]
for (const [what, expected, of] of rows)
  test(`${what}: ${expected ? 'collections are seen' : 'no collection is seen, or too few'}`, () =>
    assert.equal(seesTeeth(of), expected))

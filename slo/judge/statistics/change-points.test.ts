import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { changePoints } from './change-points.ts'
import { largestSplit, PairSums, type WeightedPoint } from './change-points-energy.ts'
import { mulberry32 } from './mulberry32.ts'

const even = (values: readonly number[]): WeightedPoint[] => values.map((value) => ({ value, weight: 1 }))
const indexes = (points: readonly WeightedPoint[]): number[] => changePoints(points).map(({ index }) => index)

// What Apache Otava answers; the command stands in the script beside the fixture.
const isOracle = Compile(
  Type.Array(
    Type.Object({
      name: Type.String(),
      values: Type.Array(Type.Number()),
      largestSplit: Type.Object({ index: Type.Integer(), energy: Type.Number() }),
      changePoints: Type.Array(Type.Integer()),
    }),
  ),
)
const oracle: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing/change-points-oracle.json'), 'utf8'),
)
if (!isOracle.Check(oracle)) throw new Error('the fixture has another shape')

for (const { name, values, largestSplit: split, changePoints: expected } of oracle) {
  test(`cuts "${name}" where Apache Otava cuts it`, () => {
    assert.deepEqual(indexes(even(values)), expected)
  })
  test(`finds in "${name}" the energy distance that Apache Otava finds`, () => {
    const sums = new PairSums(even(values))
    const ends = values.map((_, n) => n + 1).filter((end) => end > split.index)
    const largest = Math.max(...ends.map((end) => sums.energy(0, split.index, end)))
    assert.equal(largestSplit(even(values), []), split.index)
    assert.ok(Math.abs(largest - split.energy) < 1e-9 * split.energy, `${largest} is not ${split.energy}`)
  })
}

/** The sum over pairs, one by one. */
function slowEnergy(left: readonly WeightedPoint[], right: readonly WeightedPoint[]): number {
  const mean = (a: readonly WeightedPoint[], b: readonly WeightedPoint[]): number => {
    let [sum, weights] = [0, 0]
    for (const [n, x] of a.entries())
      for (const [m, y] of b.entries()) {
        if (a === b && n === m) continue
        sum += x.weight * y.weight * Math.abs(x.value - y.value)
        weights += x.weight * y.weight
      }
    return weights === 0 ? 0 : sum / weights
  }
  const size = (of: readonly WeightedPoint[]): number => of.reduce((sum, { weight }) => sum + weight, 0)
  const [m, n] = [size(left), size(right)]
  return ((m * n) / (m + n)) * (2 * mean(left, right) - mean(left, left) - mean(right, right))
}

const point = fc.record({
  value: fc.double({ min: -100, max: 100, noNaN: true }),
  weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
})

test('the sums in constant time are the sums over pairs, one by one', () =>
  fc.assert(
    fc.property(fc.array(point, { minLength: 1 }), fc.array(point, { minLength: 1 }), (left, right) => {
      const fast = new PairSums([...left, ...right]).energy(0, left.length, left.length + right.length)
      assert.ok(Math.abs(fast - slowEnergy(left, right)) < 1e-6 * (1 + Math.abs(fast)))
    }),
  ))

test('two parts that are alike have no distance but chance, and a moved part has the more the further', () => {
  const random = mulberry32(1)
  const values = Array.from({ length: 40 }, random)
  const moved = (by: number) => new PairSums(even(values.map((one, n) => (n < 20 ? one : one + by))))
  const energies = [0, 0.5, 1, 2].map((by) => moved(by).energy(0, 20, 40))
  assert.deepEqual(
    energies,
    energies.toSorted((a, b) => a - b),
  )
})

test('neither the unit nor the sign of the values moves a change, nor the scale of the weights', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 10, maxLength: 40 }), (values) => {
      const plain = indexes(even(values))
      assert.deepEqual(indexes(even(values.map((one) => one * 1024))), plain)
      assert.deepEqual(indexes(even(values.map((one) => -one))), plain)
      assert.deepEqual(indexes(values.map((value) => ({ value, weight: 4 }))), plain)
    }),
    { numRuns: 30 },
  ))

test('a series that does not change is cut in at most one of a hundred', () => {
  const random = mulberry32(20261121)
  // normal noise: the sum of twelve (Irwin and Hall)
  const normal = () => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6)
  let cut = 0
  for (let n = 0; n < 200; n += 1) if (indexes(even(Array.from({ length: 50 }, normal))).length > 0) cut += 1
  assert.ok(cut <= 2 + 3 * Math.sqrt(2), `${cut} of 200`)
})

test('a point that says little cannot make a change, and the same point makes one when it says as much as the others', () => {
  const random = mulberry32(3)
  const steady = Array.from({ length: 30 }, () => 100 + random())
  const wild = [140, 141, 139]
  const weighted = (weight: number) => [...even(steady), ...wild.map((value) => ({ value, weight }))]
  assert.deepEqual(indexes(weighted(1)), [30])
  assert.deepEqual(indexes(weighted(1e-4)), [])
})

test('a change tells the means on both of its sides', () => {
  const [change] = changePoints(even([10, 10.1, 9.9, 10, 10.1, 9.9, 12, 12.1, 11.9, 12, 12.1, 11.9]))
  assert.deepEqual(
    [change?.index, change?.before.toFixed(3), change?.after.toFixed(3)],
    [6, '10.000', '12.000'],
  )
})

for (const values of [[], [1], [1, 2], [5, 5, 5, 5, 5, 5, 5, 5]])
  test(`[${values}] has no change`, () => assert.deepEqual(changePoints(even(values)), []))

test('two levels without any noise are one change', () => {
  assert.deepEqual(indexes(even([1, 1, 1, 1, 2, 2, 2, 2])), [4])
})

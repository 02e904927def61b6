import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomOf } from '../random.ts'
import { DISTRIBUTIONS, distributionOf } from './distribution.ts'
import { stallMs } from './loss.ts'

const N = 200_000

for (const name of DISTRIBUTIONS)
  test(`${name} has mean 0 and the deviation that is said`, () => {
    const draw = distributionOf(name, randomOf('test', name))
    const values = Array.from({ length: N }, draw)
    const mean = values.reduce((sum, z) => sum + z, 0) / N
    const deviation = Math.sqrt(values.reduce((sum, z) => sum + (z - mean) ** 2, 0) / N)
    // a third moment that is infinite makes Pareto's deviation slow to come
    assert.ok(Math.abs(mean) < 0.02, `mean ${mean}`)
    assert.ok(
      Math.abs(deviation - (name === 'uniform' ? 1 / Math.sqrt(3) : 1)) < 0.1,
      `deviation ${deviation}`,
    )
  })

test('the same words give the same numbers, others give others', () => {
  const [one, same, other] = [randomOf('a', 1), randomOf('a', 1), randomOf('a', 2)]
  const first = one()
  assert.equal(first, same())
  assert.notEqual(first, other())
})

for (const [losses, expectedMs] of [
  [0, 0],
  [1, 200],
  [2, 600],
  [3, 1_400],
  [10, 200 * (2 ** 10 - 1)],
  [11, 200 * (2 ** 10 - 1) + 120_000],
] as const)
  test(`bytes that are lost ${losses} times in a row are ${expectedMs} ms late`, () => {
    let left = losses
    assert.equal(
      stallMs(() => left-- > 0),
      expectedMs,
    )
  })

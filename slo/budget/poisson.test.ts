import assert from 'node:assert/strict'
import { test } from 'node:test'
import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import fc from 'fast-check'
import { poissonQuantile } from './poisson.ts'

// the oracle is off by as much as a count above 2,000 degrees of freedom
const mean = fc.double({ min: 1e-6, max: 800, noNaN: true })
const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true })

// P(N ≤ k) = P(χ² with 2k + 2 degrees of freedom > 2·mean): k is the count at p when p lies between k's and its neighbour's.
test('the count at a probability is where the χ² distribution has it', () =>
  fc.assert(
    fc.property(mean, probability, (mean, p) => {
      const count = poissonQuantile(mean)(p)
      const rounding = 1 + 1e-6
      assert.ok(2 * mean <= chiSquareQuantile(1 - p, 2 * count + 2) * rounding, `${count} is too small`)
      if (count > 0)
        assert.ok(2 * mean * rounding >= chiSquareQuantile(1 - p, 2 * count), `${count} is too great`)
    }),
  ))

test('a greater mean never gives a smaller count for the same probability', () =>
  fc.assert(
    fc.property(mean, mean, probability, (one, other, p) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)]
      assert.ok(poissonQuantile(less)(p) <= poissonQuantile(more)(p))
    }),
  ))

test('what never happens happens no times, and a mean of half a million does not overflow', () => {
  assert.equal(poissonQuantile(0)(0), 0)
  assert.equal(poissonQuantile(0)(1 - 2 ** -32), 0)
  assert.ok(Math.abs(poissonQuantile(525_600)(0.5) - 525_600) <= 1)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blockBootstrap } from './block-bootstrap.ts'
import { mulberry32 } from './mulberry32.ts'

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const resampled = (blocks: readonly number[], seed: number, resamples = 4_000) =>
  blockBootstrap({ blocks, statistic: mean, resamples, random: mulberry32(seed) })
const variance = (values: readonly number[]): number => mean(values.map((one) => (one - mean(values)) ** 2))

// Drawn with replacement, the mean of n blocks has the variance Σ(x − x̄)²/n².
test('the means of resamples spread by the variance of the blocks over their number', () => {
  for (const seed of [1, 2, 3]) {
    const random = mulberry32(seed)
    const blocks = Array.from({ length: 30 }, () => random() ** 3)
    const ratio = variance(Array.from(resampled(blocks, seed))) / (variance(blocks) / blocks.length)
    assert.ok(ratio > 0.9 && ratio < 1.1, `${ratio}`)
  }
})

test('what comes back is ascending, of blocks that were given, and the same for the same seed', () =>
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 20 }), fc.nat(), (blocks, seed) => {
      const found = resampled(blocks, seed, 50)
      assert.deepEqual(found, resampled(blocks, seed, 50))
      assert.ok(found.every((one, n) => n === 0 || found[n - 1]! <= one))
      assert.ok(found[0]! >= Math.min(...blocks) && found.at(-1)! <= Math.max(...blocks))
    }),
  ))

test('one block gives itself', () => assert.deepEqual([...resampled([7], 1, 3)], [7, 7, 7]))

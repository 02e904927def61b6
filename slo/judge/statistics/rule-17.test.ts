import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALPHA } from './bad-ratio.ts'
import { quantileRanks } from './quantile-ranks.ts'

// JUDGING, rule 17. That all of n lie below a quantile has the chance qⁿ: n decides when that is at most α.
const rows: readonly (readonly [name: string, quantile: number, fewest: number])[] = [
  ['a median', 0.5, 6],
  ['a p75', 0.75, 13],
  ['a p95', 0.95, 72],
]
for (const [name, quantile, fewest] of rows)
  test(`${name} is decided from ${fewest} repeats on, and not from ${fewest - 1}`, () => {
    assert.ok(quantile ** fewest <= ALPHA && quantile ** (fewest - 1) > ALPHA)
    for (let repeats = 1; repeats < 3 * fewest; repeats += 1)
      assert.equal(quantileRanks(repeats, quantile).high !== null, repeats >= fewest, `${repeats}`)
    assert.equal(quantileRanks(fewest, quantile).high, fewest)
  })

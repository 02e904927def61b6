import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { holm } from './holm.ts'

const claims = (pValues: readonly number[]) => pValues.map((p) => (alpha: number) => p <= alpha)

// Holm's own steps: the smallest p against α/m, the next against α/(m−1), …, until one fails.
function stepDown(pValues: readonly number[], alpha: number): boolean[] {
  const order = pValues.map((p, n) => ({ p, n })).sort((a, b) => a.p - b.p)
  const failed = order.findIndex(({ p }, rank) => p > alpha / (order.length - rank))
  const rejected = new Set(order.slice(0, failed === -1 ? order.length : failed).map(({ n }) => n))
  return pValues.map((_, n) => rejected.has(n))
}

test('two claims that each hold at α/2 and at α both hold', () => {
  assert.deepEqual(holm(claims([0.02, 0.01]), 0.025), [true, true])
})
test('a claim that holds at α alone does not hold beside others that do not', () => {
  assert.deepEqual(holm(claims([0.02, 0.5, 0.5]), 0.025), [false, false, false])
})
test('no claims hold nothing', () => assert.deepEqual(holm([], 0.025), []))

test('claims asked in any order give what the ordered steps give', () =>
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.1, noNaN: true }), { maxLength: 12 }), (pValues) =>
      assert.deepEqual(holm(claims(pValues), 0.025), stepDown(pValues, 0.025)),
    ),
  ))

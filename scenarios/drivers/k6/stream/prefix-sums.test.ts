import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PrefixSums } from './prefix-sums.ts'

test('sums, and the first that reaches one, are those that adding up one by one gives', () => {
  const weights = fc.array(fc.nat(5), { maxLength: 40 })
  const changes = fc.array(fc.tuple(fc.nat(39), fc.nat(5)), { maxLength: 20 })
  fc.assert(
    fc.property(
      weights,
      changes,
      fc.double({ min: 0.01, max: 300, noNaN: true }),
      (given, changed, asked) => {
        const [sums, plain] = [new PrefixSums(), [...given]]
        for (const weight of given) sums.push(weight)
        for (const [at, weight] of changed.filter(([index]) => index < given.length)) {
          sums.add(at, weight)
          plain[at]! += weight
        }
        const added = plain.map((_, at) => plain.slice(0, at + 1).reduce((sum, one) => sum + one, 0))
        assert.deepEqual(
          plain.map((_, at) => sums.upTo(at)),
          added,
        )
        const first = added.findIndex((sum) => sum >= asked)
        assert.equal(sums.firstWith(asked), first < 0 ? plain.length : first)
      },
    ),
  )
})

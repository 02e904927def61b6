import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { firstThat } from './first-that.ts'

test('the first is the one that a look at each of them finds, and none when the last does not do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.nat(100),
      fc.integer({ min: -60, max: 160 }),
      (from, more, first) => {
        const all = Array.from({ length: more + 1 }, (_, n) => from + n)
        const found = firstThat(from, from + more, (n) => n >= first)
        assert.equal(found, all.find((n) => n >= first) ?? null)
      },
    ),
  )
  assert.equal(
    firstThat(1, 0, () => true),
    null,
  )
})

test('it comes to an end also where whole numbers are no longer told apart', () => {
  for (const to of [2 ** 53, 9e15, 1e19, 1e300]) {
    let looks = 0
    const first = firstThat(0, to, (n) => {
      looks += 1
      assert.ok(looks < 3000, `${to}`)
      return n >= to
    })
    assert.equal(first, to)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { UsualRequests } from './usual-requests.ts'

/** A scenario seen to make each of these as often as it says, in so many iterations. */
function usualOf(times: Readonly<Record<string, number>>, iterations: number): UsualRequests {
  const usual = new UsualRequests()
  for (const [name, n] of Object.entries(times)) usual.made(name, n)
  for (let n = 0; n < iterations; n += 1) usual.iterated()
  return usual
}

/** What so many iterations lack, one after the other. */
function lackedOneByOne(usual: UsualRequests, iterations: number): Map<string, number> {
  const lacked = new Map<string, number>()
  for (let n = 0; n < iterations; n += 1)
    for (const [name, count] of usual.lackedByDropped(1)) lacked.set(name, (lacked.get(name) ?? 0) + count)
  return lacked
}

const sumOf = (lacked: Iterable<readonly [string, number]>): number =>
  [...lacked].reduce((sum, [, count]) => sum + count, 0)

test('a request that each iteration makes three times is lacked three times by each', () => {
  const usual = usualOf({ look: 30, order: 10 }, 10)
  for (let n = 0; n < 20; n += 1)
    assert.deepEqual(
      [...usual.lackedByDropped(1)],
      [
        ['look', 3],
        ['order', 1],
      ],
    )
  assert.deepEqual(
    [...usual.lackedByCut((name) => (name === 'look' ? 1 : 0))],
    [
      ['look', 2],
      ['order', 1],
    ],
  )
})

test('of 500 products an iteration looks at one: 1,000 lacks are 1,000 requests, spread over the products', () => {
  const times = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`product ${n}`, 60]))
  const lacked = lackedOneByOne(usualOf(times, 30_000), 1_000)
  assert.ok(Math.abs(sumOf(lacked) - 1_000) <= 1, `${sumOf(lacked)}`)
  assert.ok(lacked.size > 450 && Math.max(...lacked.values()) <= 4, `${lacked.size}`)
})

test('a name in each tenth iteration is lacked by each tenth', () => {
  const lacked = lackedOneByOne(usualOf({ look: 100, pay: 10 }, 100), 1_000)
  assert.equal(lacked.get('look'), 1_000)
  assert.ok(Math.abs((lacked.get('pay') ?? 0) - 100) <= 5, `${lacked.get('pay')}`)
})

test('an iteration that hangs on its rare request lacks that one, not a part of it', () => {
  const usual = usualOf({ look: 100, pay: 10 }, 100)
  const looked = (name: string): number => (name === 'look' ? 1 : 0)
  for (let n = 0; n < 10; n += 1) assert.equal(sumOf(usual.lackedByCut(looked)), 1)
  assert.equal(sumOf(usual.lackedByCut(() => 1)), 0, 'it has made them all')
})

test('before any iteration has come to its end each known name is lacked once', () => {
  assert.deepEqual(
    [...usualOf({ look: 0, order: 0 }, 0).lackedByDropped(2)],
    [
      ['look', 2],
      ['order', 2],
    ],
  )
})

test('however many names there are, iterations lack as many requests as they would have made, to one', () => {
  const times = fc.dictionary(fc.string({ maxLength: 3 }), fc.integer({ min: 1, max: 50 }), { minKeys: 1 })
  fc.assert(
    fc.property(
      times,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 1e6 }),
      (made, ended, lost) => {
        const expected = (sumOf(Object.entries(made)) / ended) * lost
        assert.ok(
          Math.abs(sumOf(usualOf(made, ended).lackedByDropped(lost)) - expected) <= 1 + 1e-6 * expected,
        )
      },
    ),
  )
})

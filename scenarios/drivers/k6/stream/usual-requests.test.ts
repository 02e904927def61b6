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
    [...usual.lackedByCut(['look'])],
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
  for (let n = 0; n < 10; n += 1) assert.equal(sumOf(usual.lackedByCut(['look'])), 1)
  assert.equal(sumOf(usual.lackedByCut(['look', 'pay'])), 0, 'it has made them all')
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

/** What a look at all names, one after the other, gives the n-th one who asks. */
function lookedThrough(lacks: readonly (readonly [string, number])[], asked: number): [string, number][] {
  let [upTo, drawn] = [(asked * (Math.sqrt(5) - 1)) / 2, 0]
  upTo %= 1
  return lacks.flatMap(([name, lack]) => {
    upTo += lack
    const count = Math.floor(upTo) - drawn
    drawn += count
    return count > 0 ? [[name, count]] : []
  })
}

test('those that are drawn are those that a look at all names would draw', () => {
  const times = fc.dictionary(fc.string({ maxLength: 2 }), fc.nat(30), { minKeys: 1, maxKeys: 60 })
  const cut = fc.array(fc.nat(59), { maxLength: 5 })
  fc.assert(
    fc.property(times, fc.nat(20), fc.array(cut, { maxLength: 20 }), (made, ended, cuts) => {
      const usual = usualOf(made, ended)
      const usually = Object.entries(made).map(([name, n]) => [name, ended === 0 ? 1 : n / ended] as const)
      for (const [n, indexes] of cuts.entries()) {
        const completed = indexes.flatMap((index) => usually[index]?.[0] ?? [])
        const lacks = usually.map(
          ([name, n]) => [name, Math.max(0, n - completed.filter((one) => one === name).length)] as const,
        )
        const together = sumOf(lacks)
        const isPart = together > 1e-9 && together < 1 - 1e-9
        const expected = isPart ? lacks.map(([name, lack]) => [name, lack / together] as const) : lacks
        assert.deepEqual([...usual.lackedByCut(completed)], lookedThrough(expected, n + 1))
      }
    }),
  )
})

/** CPU time of so many iterations that never started, in a scenario of so many names. */
function costUs(names: number, iterations: number): number {
  const usual = usualOf(
    Object.fromEntries(Array.from({ length: names }, (_, n) => [`product ${n}`, 1])),
    names,
  )
  const before = process.cpuUsage()
  assert.ok(Math.abs(sumOf(lackedOneByOne(usual, iterations)) - iterations) <= 1)
  const { user, system } = process.cpuUsage(before)
  return user + system
}

test('two hundred times the names do not cost a dropped iteration even twenty times as much', () => {
  costUs(10, 20_000)
  const ratio = costUs(2_000, 5_000) / costUs(10, 5_000)
  assert.ok(ratio < 20, `${ratio} times`)
})

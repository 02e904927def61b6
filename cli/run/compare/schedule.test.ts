import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blockAt, blocksOf, boundMs, drawSchedule, lengthMs } from './schedule.ts'

const schedule = drawSchedule({ seed: 1, pairs: 30, blockMs: 1_000 })

test('the order of the sides is turned over from pair to pair: A B B A', () => {
  const { first } = schedule
  const sides = blocksOf(schedule).map(({ side }) => (side === first ? 'A' : 'B'))
  assert.match(sides.join(''), /^(ABBA)+$/)
})

test('each pair that counts holds both sides once, and two pairs before it do not count', () => {
  const blocks = blocksOf(schedule)
  assert.equal(blocks.filter(({ pair }) => pair === null).length, 4)
  for (let pair = 0; pair < 30; pair += 1) {
    const sides = blocks.filter((one) => one.pair === pair).map(({ side }) => side)
    assert.deepEqual(sides.toSorted(), ['base', 'head'])
  }
})

test('the seed alone decides who begins, and either side does for about half of all seeds', () => {
  const firsts = Array.from(
    { length: 200 },
    (_, seed) => drawSchedule({ seed, pairs: 30, blockMs: 900 }).first,
  )
  assert.equal(drawSchedule({ seed: 7, pairs: 99, blockMs: 300 }).first, firsts[7])
  const base = firsts.filter((one) => one === 'base').length
  assert.ok(base > 70 && base < 130, `${base} of 200`)
})

test('a block ends when its load is over and before the next one begins, and every moment is in one block', () =>
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 5_000 }), fc.integer({ min: 0, max: 80 }), (blockMs, index) => {
      const one = drawSchedule({ seed: 1, pairs: 40, blockMs })
      const end = boundMs(one, index)
      assert.ok(end > index * blockMs + one.loadMs && end < (index + 1) * blockMs)
      assert.equal(blockAt(one, index * blockMs), index)
      assert.equal(blockAt(one, index * blockMs + one.loadMs), index)
      assert.equal(blockAt(one, end + 0.001), index + 1)
    }),
  ))

test('a comparison takes two blocks a pair, the warm-up included', () => {
  assert.equal(lengthMs(schedule), 64_000)
})

test('both sides warm up for 4 s at least, however short their blocks', () => {
  for (const blockMs of [200, 300, 1_000, 30_000]) {
    const { warmUpPairs } = drawSchedule({ seed: 1, pairs: 30, blockMs })
    const warmUpMs = 2 * blockMs * warmUpPairs
    assert.ok(warmUpMs >= 4_000 && warmUpMs < 4_000 + 2 * blockMs, `${warmUpMs} ms`)
  }
})

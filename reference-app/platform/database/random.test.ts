import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from './random.ts'

test('the same seed gives the same numbers as it always did', () => {
  const random = new Random(1)
  const first = Array.from({ length: 3 }, () => random.next())
  assert.deepEqual(first, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
})

test('other seeds give other numbers', () => {
  assert.notEqual(new Random(1).next(), new Random(2).next())
})

test('whole numbers fall on both bounds and never outside', () => {
  const random = new Random(7)
  const seen = new Set(Array.from({ length: 1_000 }, () => random.whole(3, 6)))
  assert.deepEqual([...seen].sort(), [3, 4, 5, 6])
})

test('refuses to pick from nothing', () => {
  assert.throws(() => new Random(1).pick([]))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeOrderId } from './order-id.ts'

test('ids sort by time', () => {
  const times = [0, 31, 32, 1_795_232_911_106, 1_795_232_911_107]
  const ids = times.map(makeOrderId)
  assert.deepEqual(ids.toSorted(), ids)
})

test('ids of one millisecond differ', () => {
  assert.equal(new Set(Array.from({ length: 1_000 }, () => makeOrderId(1))).size, 1_000)
})

test('an id is ord- and 26 letters that are not mistaken for digits', () => {
  assert.match(makeOrderId(1_795_232_911_106), /^ord-[0-9a-hjkmnp-tv-z]{26}$/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Gaps } from './gaps.ts'

const ZERO_US = 1_795_232_000_000_000

function gapsOf(heardAtSeconds: readonly number[], endedAtSecond?: number) {
  const gaps = new Gaps()
  gaps.start(ZERO_US)
  for (const second of heardAtSeconds) gaps.heard(ZERO_US + second * 1e6)
  if (endedAtSecond !== undefined) gaps.ended(ZERO_US + endedAtSecond * 1e6)
  return gaps.found.map(({ fromSecond, toSecond }) => [fromSecond, toSecond])
}

test('one word a second is no gap, even when its moment wanders', () => {
  assert.deepEqual(gapsOf([0.9, 1.9, 3.0, 3.99, 5.01], 5.9), [])
})

test('whole seconds of silence are a gap', () => {
  assert.deepEqual(gapsOf([0.9, 1.9, 5.2, 6.2]), [[2, 4]])
})

test('a row that comes late does not end a silence before it', () => {
  assert.deepEqual(gapsOf([0.9, 4.5, 2.0, 4.6]), [[1, 3]])
})

test('a stream that ends before it should leaves a gap to the end', () => {
  assert.deepEqual(gapsOf([0.9, 1.9], 6), [[2, 5]])
})

test('nothing is expected before second 0', () => {
  const gaps = new Gaps()
  gaps.heard(ZERO_US)
  gaps.start(ZERO_US + 30e6)
  gaps.heard(ZERO_US + 31e6)
  assert.deepEqual(gaps.found, [])
})

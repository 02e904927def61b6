import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { fillMemory, touchPages } from './held-memory.ts'

test('holds exactly the bytes asked for, in chunks, and nothing can compress them', () => {
  const bytes = 17 * 1024 * 1024 + 5
  const chunks = fillMemory(bytes)
  assert.equal(
    chunks.reduce((sum, { length }) => sum + length, 0),
    bytes,
  )
  const sample = chunks[1]!
  assert.ok(deflateRawSync(sample).length >= sample.length)
})

test('touches one byte of each page', () => {
  assert.equal(touchPages([Buffer.alloc(3 * 4096, 1), Buffer.alloc(5, 1)]), 4)
})

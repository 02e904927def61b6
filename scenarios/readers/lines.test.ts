import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Lines } from './lines.ts'
import { chunked } from './testing/chunks.ts'

function read(chunks: Iterable<Buffer>): { lines: string[]; unreadable: string[] } {
  const seen = { lines: [] as string[], unreadable: [] as string[] }
  const lines = new Lines({
    line: (text, number) => seen.lines.push(`${number} ${text}`),
    unreadable: (why, number) => seen.unreadable.push(`${number} ${why}`),
  })
  for (const chunk of chunks) lines.push(chunk)
  lines.end()
  return seen
}

test('where a chunk ends makes no difference', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '…', ','), maxLength: 60 })
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (written, cuts) => {
      const bytes = Buffer.from(written)
      assert.deepEqual(read(chunked(bytes, cuts)), read([bytes]))
    }),
  )
})

test('a line without an end is no line', () => {
  assert.deepEqual(read([Buffer.from('a\r\n\nb')]), {
    lines: ['1 a', '2 '],
    unreadable: ['3 has no end: the file was cut'],
  })
})

test('the mark that some editors put before a text is not part of its first line', () => {
  assert.deepEqual(read([Buffer.from('\uFEFFa\n')]).lines, ['1 a'])
})

test('a file without line breaks is not gathered in memory, and what follows is read again', () => {
  const block = Buffer.alloc(1 << 19, 'x')
  assert.deepEqual(read([block, block, block, Buffer.from('\nb\n')]), {
    lines: ['2 b'],
    unreadable: ['1 is longer than 1 MiB'],
  })
})

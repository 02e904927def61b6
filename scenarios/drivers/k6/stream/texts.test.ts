import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Texts } from './texts.ts'

test('whatever was said before, a text is what its bytes spell', () => {
  const texts = new Texts()
  const said = fc.array(
    fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[ab]{0,3}$/),
    ),
  )
  fc.assert(
    fc.property(said, (list) => {
      for (const text of list) {
        const quoted = Buffer.from(`"${text.replaceAll('"', '""')}"`)
        assert.equal(texts.of(quoted, 0, quoted.length), quoted.toString().slice(1, -1).replaceAll('""', '"'))
        const plain = Buffer.from(text.replaceAll('"', ''))
        assert.equal(texts.of(plain, 0, plain.length), plain.toString())
      }
    }),
  )
})

test('the same bytes give the same text, and it outlives the bytes', () => {
  const texts = new Texts()
  const bytes = Buffer.from('search')
  const first = texts.of(bytes, 0, 6)
  bytes.fill(0)
  assert.equal(texts.of(Buffer.from('search'), 0, 6), first)
  assert.equal(first, 'search')
})

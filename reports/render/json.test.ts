import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { jsonDocument } from './json.ts'

const OBEYED = fc.constantFrom('\u001b', '\u007f', '\u009b', '\u200b', '\u202e', '\u2028', '\n', '\u{e0041}')

test('no text in a document is obeyed by a terminal, and each is read again as it was', () =>
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.oneof(OBEYED, fc.string({ unit: 'binary', minLength: 1 })) })),
      (texts) => {
        const document = jsonDocument({ texts })
        assert.ok(!/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(document))
        assert.deepEqual(JSON.parse(document), { texts })
      },
    ),
  ))

test('the control codes above ASCII, marks of direction and tags beyond 16 bits are written out', () => {
  assert.equal(
    jsonDocument(['\u009b31m', '\u202e', '\u2028', '\u{e0041}']).replaceAll(/\s/g, ''),
    String.raw`["\u009b31m","\u202e","\u2028","\udb40\udc41"]`,
  )
})

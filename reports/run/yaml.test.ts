import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readDocuments } from './yaml.ts'

test('a syntax error is a complaint with its line, column and excerpt', () => {
  const { documents, complaints } = readDocuments('a: 1\nb: [1, 2\nc: 3\n', 'x.yaml')
  assert.equal(documents.length, 0)
  assert.ok(complaints.length > 0)
  for (const { line, excerpt } of complaints)
    assert.equal(excerpt, ['a: 1', 'b: [1, 2', 'c: 3', ''][line - 1])
})

test('a key given twice is a complaint at its second place', () => {
  const [complaint] = readDocuments('a: 1\na: 2\n', 'x.yaml').complaints
  assert.equal(complaint?.line, 2)
})

test('an empty file is a complaint', () => {
  for (const text of ['', '\n# nothing\n', 'null\n'])
    assert.deepEqual(
      readDocuments(text, 'x.yaml').complaints.map(({ message }) => message),
      ['the file is empty'],
    )
})

test('an alias that leads nowhere is a complaint', () => {
  assert.equal(readDocuments('a: *nobody\n', 'x.yaml').complaints.length, 1)
})

test('documents after a broken one are still read', () => {
  const { documents } = readDocuments('a: [\n---\nb: 1\n---\nc: 2\n', 'x.yaml')
  assert.deepEqual(documents.at(-1)?.value, { c: 2 })
})

test('a complaint about a path that is not there points at its nearest parent', () => {
  const [document] = readDocuments('spec:\n  load: [one]\n', 'x.yaml').documents
  const { line, column } = document!.complaint(['spec', 'load', 7, 'x'], 'no such thing')
  assert.deepEqual({ line, column }, { line: 2, column: 9 })
})

test('never throws, and every complaint stands on a line of the text', () => {
  const pieces = fc.constantFrom(
    'a',
    ': ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a',
    '*a',
    '"',
    "'",
    '|',
    '---\n',
    '\t',
    '%',
    '?',
    '  ',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      const lines = text.split(/\r?\n/)
      for (const { line, column, excerpt } of readDocuments(text, 'x.yaml').complaints) {
        assert.equal(lines[line - 1], excerpt)
        assert.ok(column >= 1)
      }
    }),
    { numRuns: 2000 },
  )
})

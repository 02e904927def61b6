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
  assert.deepEqual(
    [complaint?.line, complaint?.message, complaint?.hint],
    [2, 'this key stands twice in its map', 'expected each key once'],
  )
})

test('an empty file is a complaint', () => {
  for (const text of ['', '\n# nothing\n', 'null\n', '---\n---\n', '---\nnull\n---\n# nothing\n'])
    assert.deepEqual(
      readDocuments(text, 'x.yaml').complaints.map(({ message }) => message),
      ['the file is empty'],
    )
})

test('an empty document beside another is nothing', () => {
  for (const text of ['a: 1\n---\n', '---\n---\na: 1\n', '---\n# nothing\n---\na: 1\n---\nnull\n']) {
    const { documents, complaints } = readDocuments(text, 'x.yaml')
    assert.deepEqual([documents.map(({ value }) => value), complaints], [[{ a: 1 }], []])
  }
  const [complaint, ...more] = readDocuments('a: [\n---\n', 'x.yaml').complaints
  assert.ok(complaint !== undefined && !more.some(({ message }) => /empty/.test(message)))
})

test('what goes too deep is one complaint, with the beginning of its line', () => {
  for (const text of ['['.repeat(20_000), `a: ${'{a: '.repeat(20_000)}`, '- '.repeat(20_000)]) {
    const [complaint, ...more] = readDocuments(`${text}\n`, 'x.yaml').complaints
    assert.deepEqual([complaint?.message, more], ['lists and maps go too deep here', []])
    assert.equal(complaint?.excerpt?.length, 160)
  }
})

test('of a long line the excerpt is cut, never before what is wrong', () => {
  const [document] = readDocuments(`a: ${'x'.repeat(900)}\n`, 'x.yaml').documents
  const { excerpt, length } = document!.complaint(['a'], 'too long')
  assert.deepEqual([excerpt?.length, length], [160, 157])
  const [late] = readDocuments(`"${'x'.repeat(900)}": [}\n`, 'x.yaml').complaints
  const { column = 0, excerpt: upToIt = '' } = late ?? {}
  assert.ok(column > 900 && upToIt.length >= column)
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

test('bytes that are no UTF-8 are one complaint at their place, whatever else is wrong', () => {
  const latin1 = Buffer.from('title: Caf\u00e9\n  bad: [\n', 'latin1').toString()
  assert.deepEqual(readDocuments(latin1, 'x.yaml').complaints, [
    {
      file: 'x.yaml',
      message: 'from here on it is not UTF-8 text',
      hint: 'save it as UTF-8',
      line: 1,
      column: 11,
    },
  ])
  const utf16 = Buffer.from('a: 1', 'utf16le').toString()
  assert.equal(readDocuments(utf16, 'x.yaml').complaints.length, 1)
  assert.deepEqual(readDocuments('title: Café', 'x.yaml').complaints, [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitWords } from './search.ts'
import { searchStatement } from './search-statement.ts'

test('nothing typed can become an operator of the text search', () => {
  assert.deepEqual(splitWords("Hot & choc:* | !('x')"), ['hot', 'choc', 'x'])
  assert.deepEqual(splitWords('Café 24h'), ['café', '24h'])
  assert.deepEqual(splitWords('  -- '), [])
})

test('each combination has a name of its own, since one name stands for one text', () => {
  const flags = [false, true]
  const shapes = flags.flatMap((hasWords) =>
    flags.flatMap((isAround) => flags.map((slow) => ({ hasWords, isAround, slow }))),
  )
  const statements = shapes.map(searchStatement)
  assert.equal(new Set(statements.map(({ name }) => name)).size, 8)
  assert.equal(new Set(statements.map(({ text }) => text)).size, 8)
})

test('only the slow ones sleep', () => {
  assert.match(searchStatement({ hasWords: true, isAround: true, slow: true }).text, /pg_sleep/)
  assert.doesNotMatch(searchStatement({ hasWords: true, isAround: true, slow: false }).text, /pg_sleep/)
})

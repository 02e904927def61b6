import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonOf } from './json-of.ts'

test('JSON is read, and what is cut, empty or more than one value is none', () => {
  assert.deepEqual(jsonOf('{"a":[null]}'), { a: [null] })
  assert.equal(jsonOf('null'), null)
  for (const text of ['', '{"a":', '{} {}', 'undefined']) assert.equal(jsonOf(text), undefined, text)
})

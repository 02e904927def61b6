import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergePatch } from './merge-patch.ts'

/** The examples of RFC 7386, appendix A. */
const TABLE: readonly (readonly [value: string, patch: string, merged: string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
]

for (const [value, patch, merged] of TABLE)
  test(`${value} patched with ${patch} is ${merged}`, () =>
    assert.equal(JSON.stringify(mergePatch(JSON.parse(value), JSON.parse(patch))), merged))

test('a member that is called __proto__ is a member like any other', () => {
  const merged = mergePatch({}, JSON.parse('{"__proto__":{"a":1}}'))
  assert.equal(JSON.stringify(merged), '{"__proto__":{"a":1}}')
  assert.ok(!Object.hasOwn(Object.prototype, 'a'))
})

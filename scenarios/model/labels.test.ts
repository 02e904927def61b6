import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LABEL_PATTERN } from '../../reports/run/ids.ts'
import { Labels } from './labels.ts'

test('a name keeps what a label may hold', () => {
  const labels = new Labels()
  assert.deepEqual(
    ['default', 'Ramp_Up', 'ramp-up', 'Thread Group', '…', ''].map((name) => labels.of(name)),
    ['default', 'ramp-up', 'ramp-up-2', 'thread-group', 'unnamed', 'unnamed-2'],
  )
})

test('every name has a label, always the same, and no two have one', () => {
  const names = fc.uniqueArray(fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('a_b', 'a-b', 'A b')))
  fc.assert(
    fc.property(names, (all) => {
      const labels = new Labels()
      const given = all.map((name) => labels.of(name))
      for (const label of given) assert.match(label, new RegExp(LABEL_PATTERN))
      assert.equal(new Set(given).size, all.length)
      assert.deepEqual(
        all.map((name) => labels.of(name)),
        given,
      )
    }),
  )
})

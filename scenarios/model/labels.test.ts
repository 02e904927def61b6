import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LABEL_PATTERN } from '../../reports/run/ids.ts'
import { labelOf, labelsOf } from './labels.ts'

test('a name keeps what a label may hold', () => {
  assert.deepEqual(['default', 'Ramp_Up', 'Thread Group', '…', ''].map(labelOf), [
    ...['default', 'ramp-up', 'thread-group', 'unnamed', 'unnamed'],
  ])
})

test('a label goes to the one whose own name it is, wherever that stands', () => {
  const own = { pay_online: 'pay-online-2', 'pay-online': 'pay-online', Pay: 'pay' }
  assert.deepEqual(Object.fromEntries(labelsOf(['pay_online', 'pay-online', 'Pay'])), own)
  assert.deepEqual(Object.fromEntries(labelsOf(['Pay', 'pay-online', 'pay_online'])), own)
})

test('of names that are alike none gets the label without a number', () => {
  const labels = labelsOf(['pay_online', 'Pay Online', 'pay-online-1', 'pay_online'])
  assert.deepEqual(Object.fromEntries(labels), {
    pay_online: 'pay-online-2',
    'Pay Online': 'pay-online-3',
    'pay-online-1': 'pay-online-1',
  })
})

test('every name has a label, and no two have one', () => {
  const names = fc.uniqueArray(
    fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('a_b', 'a-b', 'A b', 'a-b-1', 'a-b-2', 'A_b_2')),
  )
  fc.assert(
    fc.property(names, (all) => {
      const labels = labelsOf(all)
      assert.deepEqual(new Set(labels.keys()), new Set(all))
      for (const [name, label] of labels) {
        assert.match(label, new RegExp(LABEL_PATTERN))
        if (all.includes(label)) assert.equal(labels.get(label), label, `${label} is not given to ${name}`)
      }
      assert.equal(new Set(labels.values()).size, all.length)
    }),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimal, microseconds } from './decimal.ts'

const read = (text: string) => decimal(Buffer.from(`,${text},`), 1, 1 + Buffer.byteLength(text))
const stamp = (text: string) => microseconds(Buffer.from(text), 0, Buffer.byteLength(text))

test('a number as k6 writes it is the one that JavaScript reads, to the last bit', () => {
  const values = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
  )
  fc.assert(
    fc.property(values, (value) => {
      for (const text of [value.toFixed(6), String(value), value.toExponential()])
        assert.ok(Object.is(read(text), Number(text)), text)
    }),
    { numRuns: 5000 },
  )
})

test('what spells no finite number is none', () => {
  for (const text of [
    '',
    '-',
    '.',
    '-.',
    'NaN',
    '+Inf',
    '-Inf',
    'Infinity',
    '1e999',
    '1.2.3',
    '1,2',
    '1 2',
    'ten',
    '--1',
  ])
    assert.ok(Number.isNaN(read(text)), text)
})

test('a time stamp is nineteen digits, and its nanoseconds are cut', () => {
  assert.equal(stamp('1795232451719886644'), 1795232451719886)
  for (const text of [
    '',
    '1795232451',
    '-795232451719886644',
    '1795232451.719886644',
    '17952324517198866441',
    'nineteen characters',
  ])
    assert.ok(Number.isNaN(stamp(text)), text)
})

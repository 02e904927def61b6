import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeUs } from './k6-time.ts'
import { numberOf } from './number.ts'

const MOMENT_US = 1_795_256_454_964_008

const TIMES = [
  ['1795256454', 1_795_256_454_500_000, 'of a whole second the middle is taken'],
  ['1795256454964', 1_795_256_454_964_000, 'milliseconds'],
  ['1795256454964008', MOMENT_US, 'microseconds'],
  ['1795256454964008576', MOMENT_US, 'nanoseconds'],
  ['2026-11-21T10:20:54.964008576Z', 1_795_256_454_964_000, 'a date, to the millisecond'],
  ['2026-11-21T12:20:54+02:00', 1_795_256_454_500_000, 'a date of another time zone'],
  ['17952564549', undefined, 'no number of digits that k6 writes'],
  ['2026-13-41T10:20:54Z', undefined, 'no date'],
  ['', undefined, 'nothing'],
  ['-1795256454', undefined, 'before 1970'],
] as const

for (const [text, us, what] of TIMES)
  test(`"${text}" is ${us ?? 'no time'}: ${what}`, () => {
    assert.equal(timeUs(text), us)
  })

for (const text of ['', ' ', 'NaN', '+Inf', '-Infinity', '1e999', '0x10', '1,5', 'null'])
  test(`"${text}" is no number`, () => assert.equal(numberOf(text), undefined))

test('numbers as Go and JSON write them are numbers', () => {
  assert.deepEqual(['1.000000', '-0.5', '1e-7', '+3'].map(numberOf), [1, -0.5, 1e-7, 3])
})

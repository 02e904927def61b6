import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyNoLength } from './result-length.ts'

test('a metric beyond all measure has no place in a sum: it is refused, one way and the other', () => {
  const metric = { measure: 'metric', scenario: 's', name: 'size', outcome: 'ok', endUs: 0 } as const
  const why = (valueMs: number) => whyNoLength({ ...metric, valueMs })
  assert.deepEqual([why(1.7e308), why(-1.7e308)], ['has a value of 1.7e+308', 'has a value of -1.7e+308'])
  assert.deepEqual([why(1.8e18), why(-12)], [undefined, undefined])
})

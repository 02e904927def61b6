import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accuracyOver, isAccurate } from './accuracy.ts'

test('every quantile of 300 random distributions is right to 0.2 %, and merged equals recorded at once', () => {
  const accuracy = accuracyOver(300, 1)
  assert.ok(isAccurate(accuracy), JSON.stringify(accuracy))
  assert.ok(accuracy.worstError > 0.0015, 'the distributions come near to the worst that a bucket allows')
})

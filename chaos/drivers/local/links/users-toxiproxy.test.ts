import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyNotInToxiproxy } from './users-toxiproxy.ts'

const refused = (type: string, attributes = {}) =>
  whyNotInToxiproxy([{ type, attributes }]).map(({ why }) => why)

test('what only our own proxy has is refused by its name, and what Toxiproxy has is not', () => {
  assert.deepEqual(refused('loss'), ['Toxiproxy has no toxic loss'])
  assert.deepEqual(refused('http'), ['Toxiproxy has no toxic http'])
  assert.deepEqual(refused('latency', { latency: 5 }), [])
  assert.deepEqual(refused('cut'), [])
})

test('what would be another figure when rounded to a whole one is refused, what would hardly be is not', () => {
  assert.deepEqual(refused('bandwidth', { rate: 1.5 }), [
    "Toxiproxy's bandwidth has a whole rate only, not 1.5",
  ])
  assert.deepEqual(refused('bandwidth', { rate: 1048.576 }), [])
  assert.deepEqual(refused('latency', { latency: 12.5, jitter: 0.4 }), [
    "Toxiproxy's latency has a whole jitter only, not 0.4",
  ])
})

test('a distribution is refused, wherever it stands', () => {
  assert.deepEqual(refused('latency', { latency: 5, jitter: 2, distribution: 'normal' }), [
    "Toxiproxy's latency has no distribution but the even one",
  ])
})

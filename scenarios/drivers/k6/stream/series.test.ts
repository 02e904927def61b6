import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OTHERS } from '../../../../reports/run/load.ts'
import { SeriesKeys } from './series.ts'

test('the same series has the same key, and each of its parts makes another', () => {
  const keys = new SeriesKeys({ asked: [], most: 10 })
  const key = keys.of('request', 's', 'n', 'ok')
  assert.equal(keys.of('request', 's', 'n', 'ok'), key)
  const others = [
    keys.of('check', 's', 'n', 'ok'),
    keys.of('request', 't', 'n', 'ok'),
    keys.of('request', 's', 'm', 'ok'),
    keys.of('request', 's', 'n', 'bad'),
  ]
  assert.equal(new Set([key, ...others]).size, 5)
  assert.equal(keys.lost, undefined)
})

test('a million names end in one series of each outcome, every event counted and the first names told', () => {
  const keys = new SeriesKeys({ asked: ['search'], most: 1000 })
  for (let n = 0; n < 1_000_000; n += 1) keys.of('request', 's', `/orders/${n}`, n % 2 === 0 ? 'ok' : 'bad')
  assert.deepEqual(keys.of('request', 's', '/orders/999', 'bad').name, '/orders/999')
  assert.equal(keys.of('request', 's', 'search', 'ok').name, 'search', 'an objective asks for it')
  assert.equal(keys.of('request', 's', 'one more', 'ok').name, OTHERS)
  const { names, events, examples } = keys.lost!
  assert.deepEqual([names, events], [10_000, 999_001])
  assert.deepEqual(examples, ['/orders/1000', '/orders/1001', '/orders/1002', '/orders/1003', '/orders/1004'])
})

test('what was never made by a name beyond the cap counts as lost too', () => {
  const keys = new SeriesKeys({ asked: [], most: 1 })
  keys.of('request', 's', 'a', 'ok')
  keys.of('request', 's', 'b', 'ok')
  keys.of('request', 's', OTHERS, 'dropped')
  assert.deepEqual(keys.lost, { names: 1, events: 2, examples: ['b'] })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firings, parseCron } from './cron.ts'

/** a Monday */
const MIDNIGHT = Date.UTC(2024, 0, 1)
const DAY_SECONDS = 86_400

/** seconds after midnight at which it fires, midnight included unless it counts from there */
function seconds(text: string, lengthSeconds = DAY_SECONDS): number[] {
  const cron = parseCron(text)
  assert.ok(cron, text)
  const fromMs = cron.fields === undefined ? MIDNIGHT : MIDNIGHT - 1
  return firings(cron, fromMs, MIDNIGHT + lengthSeconds * 1000).map((ms) => (ms - MIDNIGHT) / 1000)
}

for (const [text, expected] of [
  ['@every 90s', [90, 180, 270]],
  ['@every 1m30.9s', [90, 180, 270]],
  ['*/2 * * * *', [0, 120, 240]],
  ['30 */2 * * * *', [30, 150, 270]],
  ['1,3 0 * * *', [60, 180]],
  ['1-3 0 * * ?', [60, 120, 180]],
  ['1/3 0 * * MON', [60, 240]],
  ['0 0 * jan 1', [0]],
  ['* * * feb *', []],
] as const)
  test(`${text} fires in the first five minutes of a Monday at ${expected.join(', ') || 'no'} s`, () =>
    assert.deepEqual(seconds(text, 300), expected))

for (const [text, count] of [
  ['@hourly', 24],
  ['@daily', 1],
  ['0 9-17/4 * * *', 3],
] as const)
  test(`${text} fires ${count} times a day`, () => assert.equal(seconds(text).length, count))

test('a day of the month and one of the week are joined by or, unless one of them is a star', () => {
  assert.equal(seconds('0 0 15 * MON').length, 1)
  assert.equal(seconds('0 0 15 * *').length, 0)
  assert.equal(seconds('0 0 * * TUE').length, 0)
})

for (const text of ['', '* * * *', '60 * * * *', '5-1 * * * *', '*/0 * * * *', '* * * * 7', '* * 0 * *'])
  test(`"${text}" is no schedule`, () => assert.equal(parseCron(text), undefined))

for (const text of [
  '@every 0s',
  '@every -5s',
  '@fortnightly',
  'CRON_TZ=Asia/Tokyo * * * * *',
  '*-5 * * * *',
  'x * * * *',
])
  test(`"${text}" is no schedule either`, () => assert.equal(parseCron(text), undefined))

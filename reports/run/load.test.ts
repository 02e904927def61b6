import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { LoadSecond } from './load.ts'

const isLoad = Compile(LoadSecond)

function withCounts(count: number, over = count, inSketch = count) {
  const series = { measure: 'request', scenario: 's', name: 'n', outcome: 'ok', count, over: { '300': over } }
  return { schema: 'gauntlet/load/1', second: 0, series: [{ ...series, sketch: [300_000, inSketch] }] }
}

test('no second holds more than a thousand million events: a line that says so is damaged', () => {
  assert.ok(isLoad.Check(withCounts(1e9)))
  for (const line of [withCounts(1e9 + 1), withCounts(1, 9e15), withCounts(1, 1, 1e300)])
    assert.ok(!isLoad.Check(line), JSON.stringify(line))
})

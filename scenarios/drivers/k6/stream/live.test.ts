import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LiveWindow } from './live.ts'
import { type SeriesKey, SeriesKeys } from './series.ts'

const keys = new SeriesKeys({ asked: [], most: 10 })
const measured = { latencyMs: 64, uncorrectedMs: 64 }
const event = (outcome: SeriesKey['outcome'], measure: SeriesKey['measure'] = 'request') =>
  [keys.of(measure, 's', 'n', outcome), measured] as const

test('the figures are those of requests since the last look, per second of it', () => {
  const live = new LiveWindow()
  for (const outcome of ['ok', 'ok', 'bad', 'dropped'] as const) live.add(...event(outcome))
  live.add(...event('bad', 'iteration'))
  const { p95Ms, ...figures } = live.take(3, 2)
  assert.deepEqual(figures, { second: 3, perSecond: 2, errorRatio: 0.5 })
  assert.ok(Math.abs((p95Ms ?? 0) - 64) < 0.2)
  assert.deepEqual(live.take(4, 1), { second: 4, perSecond: 0, p95Ms: null, errorRatio: null })
})

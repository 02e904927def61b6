import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Sketch } from '../../../../reports/sketch/index.ts'
import { Seconds } from './seconds.ts'

const THRESHOLDS_MS = [100, 300, 1000]

function folded(latenciesMs: readonly (number | undefined)[], outcome: 'ok' | 'timeout' = 'ok') {
  const seconds = new Seconds(THRESHOLDS_MS.toReversed())
  const key = seconds.keys.of('request', 's', 'n', outcome)
  for (const latencyMs of latenciesMs) seconds.count(7, key, { latencyMs, uncorrectedMs: latencyMs })
  const [line] = seconds.close(8)
  return line!.series[0]!
}

test('what took exactly as long as a threshold did not take longer', () => {
  assert.deepEqual(folded([99.9, 100, 100.1, 300, 1000, 1000.1]).over, { '100': 4, '300': 2, '1000': 1 })
})

test('a time-out is over every threshold, however short it was', () => {
  assert.deepEqual(folded([1, 500], 'timeout').over, { '100': 2, '300': 2, '1000': 2 })
})

test('few or many, a series holds the count, the sum and the sketch of its events', () => {
  const latenciesMs = fc.array(fc.double({ min: 0, max: 2000, noNaN: true }), {
    minLength: 1,
    maxLength: 200,
  })
  fc.assert(
    fc.property(latenciesMs, (values) => {
      const series = folded(values)
      const sketch = new Sketch()
      for (const ms of values) sketch.record(ms)
      assert.deepEqual(
        [series.count, series.sketch, series.uncorrected],
        [values.length, sketch.encode(), undefined],
      )
      assert.equal(
        series.sum,
        values.reduce((sum, ms) => sum + ms, 0),
      )
      for (const ms of THRESHOLDS_MS) assert.equal(series.over[ms], values.filter((one) => one > ms).length)
    }),
  )
})

test('an event without a figure is counted, and has neither sum nor thresholds', () => {
  const { count, sum, over, sketch } = folded([undefined, undefined])
  assert.deepEqual({ count, sum, over, sketch }, { count: 2, sum: undefined, over: {}, sketch: [] })
})

test('a value below zero is counted and summed, and stands in no sketch', () => {
  const { count, sum, over, sketch } = folded([-5, 2])
  assert.deepEqual([count, sum, over['100']], [2, -3, 0])
  assert.equal(Sketch.decode(sketch).count, 1)
})

test('a second that is opened again is a line of its own, with nothing of the first', () => {
  const seconds = new Seconds([])
  const key = seconds.keys.of('request', 's', 'n', 'ok')
  for (const second of [1, 1, 2]) seconds.count(second, key, { latencyMs: 5, uncorrectedMs: 4 })
  const lines = [...seconds.close(3)]
  seconds.count(1, key, { latencyMs: 7, uncorrectedMs: 7 })
  lines.push(...seconds.close(3))
  assert.deepEqual(
    lines.map(({ second, series }) => [second, series[0]!.count, series[0]!.sum]),
    [
      [1, 2, 10],
      [2, 1, 5],
      [1, 1, 7],
    ],
  )
})

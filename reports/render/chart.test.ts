import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layoutFor, scaleFromZero, secondAt, secondTicks, xOf } from '../page/timeline/layout.ts'
import { placeMarks } from '../page/timeline/marks.ts'
import { panelSpecs } from '../page/timeline/panels.ts'
import { inWords, readSecond } from '../page/timeline/readout.ts'
import { toPageData } from './page-data.ts'
import { exampleRun } from './testing/index.ts'

const scales: readonly (readonly [number, number, readonly number[]])[] = [
  [150, 2, [0, 100, 200]],
  [330, 4, [0, 100, 200, 300, 400]],
  [0.01, 2, [0, 0.005, 0.01]],
  [0, 2, [0, 0.5, 1]],
]
for (const [largest, most, ticks] of scales)
  test(`a scale up to ${largest} begins at 0 and has round steps`, () => {
    assert.deepEqual(scaleFromZero(largest, most), { max: ticks.at(-1), ticks })
  })

test('the second under a pixel is the one that is drawn there', () => {
  const layout = layoutFor(1200, 170)
  for (const second of [0, 55, 169]) assert.equal(secondAt(layout, xOf(layout, second * 1000 + 500)), second)
  assert.equal(secondAt(layout, layout.left - 1), null)
})

test('ticks of the time axis have room on a phone for a run of two hours', () => {
  const layout = layoutFor(350, 7200)
  const [first = 0, second = 0] = secondTicks(layout).map((tick) => xOf(layout, tick * 1000))
  assert.ok(second - first > 44)
})

test('numbers of moments that are close never touch and stay on the chart', () => {
  const places = placeMarks([100, 103, 104, 398], 400)
  for (const [index, place] of places.entries()) assert.ok(index === 0 || place - places[index - 1]! >= 19)
  assert.ok(places.at(-1)! <= 400)
})

test('one second is read out with its phase, the fault that was on, and every figure', () => {
  const { record, verdict } = exampleRun('met')
  const { timeline } = toPageData(record, verdict)
  const said = inWords(readSecond(timeline, panelSpecs(timeline), 56))
  assert.match(said, /^0:56 worker-lost, kill-order-worker on, rate 151\/s, p50 \d+ ms, .*errors 0\.662 %$/)
  assert.equal(inWords(readSecond(timeline, panelSpecs(timeline), 150)), '2:30 pages, no data')
})

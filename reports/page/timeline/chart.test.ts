import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Timeline } from '../page-data.ts'
import { faultRows, rowsOf } from './fault-rows.ts'
import { layoutFor, scaleFromZero, secondAt, secondTicks, xOf } from './layout.ts'
import { placeLineEnds } from './line-ends.ts'
import { markRows } from './mark-rows.ts'
import { panelSpecs } from './panels.ts'
import { nameSpan } from './phase-name.ts'
import { placeWords } from './place-words.ts'
import { inWords, readSecond } from './readout.ts'
import { spreadOut } from './spread-out.ts'

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

test('a run of 3 s has a tick each second, of 12 s on a phone each two', () => {
  assert.deepEqual(secondTicks(layoutFor(1200, 3)), [0, 1, 2, 3])
  assert.deepEqual(secondTicks(layoutFor(350, 12)), [0, 2, 4, 6, 8, 10])
})

test('the last label of the time axis is left out rather than cut', () => {
  const layout = layoutFor(348, 122)
  const ticks = secondTicks(layout)
  assert.deepEqual(ticks, [0, 30, 60, 90])
  assert.ok(xOf(layout, 120_000) + 11 > layout.width, 'half a label of 0:00 reaches beyond the drawing')
})

test('names of lines that end together stand as their values do, the higher percentile above', () => {
  const room = { linePx: 13, widthPx: 20, wordsFrom: 700, plotRight: 800, bottom: 100 }
  const end = (text: string) => ({ text, x: 300, y: 99 })
  assert.deepEqual(placeLineEnds([end('p50'), end('p99'), end('p95')], room), [
    { text: 'p99', x: 300, y: 74 },
    { text: 'p95', x: 300, y: 87 },
    { text: 'p50', x: 300, y: 100 },
  ])
})

test('names of lines that would run into the words of the objective stand in the margin', () => {
  const room = { linePx: 13, widthPx: 20, wordsFrom: 700, plotRight: 800, bottom: 100 }
  const placed = placeLineEnds([{ text: 'p95', x: 690, y: 40 }], room)
  assert.deepEqual(placed, [{ text: 'p95', x: 800, y: 40 }])
})

test('the words of the objective stand at the end of its line, or as near as no data runs through them', () => {
  const room = {
    ...{ widthPx: 100, heightPx: 10, gapPx: 5 },
    ...{ left: 0, right: 800, top: 0, bottom: 100 },
  }
  const flat = (y: number) => [0, 400, 800].map((x) => ({ x, y }))
  assert.deepEqual(placeWords(50, [flat(80)], room), { right: 800, y: 45 })
  assert.deepEqual(placeWords(50, [flat(40)], room), { right: 800, y: 65 })
  assert.deepEqual(
    placeWords(90, [flat(80)], room),
    { right: 800, y: 70 },
    'above the data that lies close above',
  )
  const spike = [
    ...flat(90).slice(0, 2),
    { x: 740, y: 90 },
    { x: 750, y: 10 },
    { x: 760, y: 90 },
    { x: 800, y: 90 },
  ]
  assert.deepEqual(placeWords(50, [spike], room), { right: 700, y: 45 })
  const gap = [{ x: 0, y: 10 }, null, { x: 800, y: 90 }]
  assert.deepEqual(placeWords(50, [gap], room), { right: 800, y: 45 })
  assert.equal(placeWords(97, [flat(20)], room).y, 92, 'below the line there is no room')
})

test('numbers of moments that are close never touch and stay on the chart', () => {
  const places = spreadOut([100, 103, 104, 398, 399], { apart: 19, limit: 400 })
  for (const [index, place] of places.entries()) assert.ok(index === 0 || place - places[index - 1]! >= 19)
  assert.ok(places.at(-1)! <= 400)
})

const TIMELINE: Timeline = {
  seconds: 4,
  ratePerSecond: [150, 151, null, 149],
  plannedPerSecond: 150,
  latencyOf: 'search',
  p50Ms: [60, 61, null, 62],
  p95Ms: [180, 181.4, null, 183],
  p99Ms: [240, 241, null, 242],
  limit: { ms: 300, promised: 'p95 < 300 ms' },
  errorRatio: [0, 1 / 151, null, 0],
  phases: [{ name: 'worker-lost', judged: true, load: true, reached: true, fromMs: 2, toMs: 4001 }],
  faults: [{ experiment: 'kill-order-worker', planned: false, fromMs: 1020.5, toMs: 2000 }],
  ...{ marks: [], audits: [], taints: [], gaps: [] },
}

test('more moments than a row has room for stand in several, each within the chart and apart from the next', () => {
  const marks = Array.from({ length: 80 }, (_, n) => ({ atMs: n * 10, text: `moment ${n}` }))
  for (const width of [350, 1200]) {
    const layout = layoutFor(width, 1)
    const rows = markRows(marks, layout)
    assert.equal(rows.length, width === 350 ? 5 : 2)
    for (const row of rows) {
      const places = row.map(({ x }) => x)
      assert.ok(Math.min(...places) >= 8 && Math.max(...places) <= width - layout.right, String(places))
      assert.ok(places.every((x, n) => n === 0 || x - (places[n - 1] ?? 0) >= 18.99))
    }
    const numbers = rows.flatMap((row) => row.map(({ number }) => number))
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      marks.map((_, n) => n + 1),
    )
  }
  assert.deepEqual(markRows([], layoutFor(350, 1)), [])
})

test('one second is read out with its phase, the fault that was on, and every figure', () => {
  const said = (second: number) => inWords(readSecond(TIMELINE, panelSpecs(TIMELINE), second))
  assert.equal(
    said(1),
    '0:01 worker-lost, kill-order-worker on, rate 151/s, p50 61.0 ms, p95 181 ms, p99 241 ms, errors 0.662 %',
  )
  assert.equal(said(2), '0:02 worker-lost, no data')
  const outside = readSecond({ ...TIMELINE, phases: [] }, panelSpecs(TIMELINE), 2)
  assert.equal(inWords(outside), '0:02, no data')
  const cut = {
    ...TIMELINE,
    gaps: [{ fromMs: 2000, toMs: 4000, why: 'not reached: the run was stopped at 0:02.0' }],
  }
  assert.equal(
    inWords(readSecond(cut, panelSpecs(cut), 2)),
    '0:02 worker-lost, not reached: the run was stopped at 0:02.0',
  )
})

test('the objective always lies inside the latency panel, even when nothing came near it', () => {
  const quick = { ...TIMELINE, p50Ms: [1], p95Ms: [2], p99Ms: [3] }
  const latency = panelSpecs(quick).find(({ title }) => title === 'Latency')
  assert.ok(latency && latency.max > 300)
})

test('the latency axis says minutes in seconds, which find room beside it', () => {
  const slow = { ...TIMELINE, p99Ms: [95_000] }
  const latency = panelSpecs(slow).find(({ title }) => title === 'Latency')
  assert.deepEqual(
    latency?.ticks.map((tick) => latency.sayTick?.(tick)),
    ['0 ms', '25 s', '50 s', '75 s', '100 s'],
  )
})

test('the rate that was planned is told as what it is, of iterations, of which each may send many requests', () => {
  const about = (changes: Partial<Timeline>) => panelSpecs({ ...TIMELINE, ...changes })[0]?.about
  assert.equal(about({}), 'per second; planned: 150 iterations/s')
  assert.equal(about({ plannedPerSecond: null }), 'per second')
})

test('the name of a phase that was cut stands over what was reached, where it fits', () => {
  const layout = layoutFor(1100, 100) // 10 px a second
  const phase = { name: 'worker-lost', judged: true, load: true, reached: true, fromMs: 0, toMs: 60_000 }
  const over = (endMs: number) => nameSpan(phase, { text: phase.name, endMs }, layout)
  assert.deepEqual(over(20_000), { fromMs: 0, toMs: 20_000 })
  assert.deepEqual(over(2_000), { fromMs: 2_000, toMs: 60_000 })
  assert.deepEqual(over(60_000), { fromMs: 0, toMs: 60_000 })
  const short = { ...phase, toMs: 12_000 }
  assert.deepEqual(nameSpan(short, { text: phase.name, endMs: 6_000 }, layout), { fromMs: 0, toMs: 12_000 })
})

test('a panel without a line says why', () => {
  const none = { p50Ms: [null], p95Ms: [null], p99Ms: [null] }
  const reasons = (changes: Partial<Timeline>) =>
    panelSpecs({ ...TIMELINE, ...changes }).map(({ whyEmpty }) => whyEmpty ?? '')
  assert.deepEqual(reasons({}), ['', '', ''])
  assert.deepEqual(reasons(none), ['', 'no data: nothing was seen of search', ''])
  const silent = { ...none, ratePerSecond: [0], errorRatio: [null] }
  assert.deepEqual(reasons(silent), ['', 'no data: no request was seen', 'no data: no request was seen'])
  const without = { ...none, ratePerSecond: [null], errorRatio: [null], plannedPerSecond: null }
  assert.deepEqual(reasons(without), Array(3).fill('no load in this plan'))
})

test('faults of one experiment share a row unless they are on at the same time; another has its own', () => {
  const fault = (experiment: string, fromMs: number, toMs: number) => ({
    experiment,
    planned: false,
    fromMs,
    toMs,
  })
  const faults = [fault('a', 0, 90), fault('a', 10, 20), fault('b', 15, 30), fault('a', 20, 40)]
  assert.deepEqual(
    faultRows(faults).map(({ fault, row }) => [fault.experiment, fault.fromMs, row]),
    [
      ['a', 0, 0],
      ['a', 10, 1],
      ['a', 20, 1],
      ['b', 15, 2],
    ],
  )
  assert.deepEqual([rowsOf(faults), rowsOf([])], [3, 0])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryPoint, HistorySeries } from '../run/history.ts'
import { historyText } from './history.ts'

const point = (value: number, n: number): HistoryPoint => ({
  run: `20261121-${100_000 + n}-k3f9`,
  atUs: n,
  version: `1.0.${n}`,
  ...{ name: 'soon', promised: 'p95 < 300 ms', verdict: 'met', unit: 'ms', suffix: '', better: 'lower' },
  ...{ limit: 300, value, low: null, high: null, events: 6_000, tainted: false },
})

const series = (values: readonly number[], more: Partial<HistorySeries> = {}): HistorySeries => ({
  plan: 'verify',
  target: 'shop',
  objective: 'soon',
  promised: 'p95 < 300 ms',
  points: values.map(point),
  changes: [],
  ...more,
})
const shown = (one: HistorySeries): string =>
  historyText({ file: 'h.ndjson', runs: 7, series: [one], broken: [], add: 'ADD' })

test('a chart has the highest run on its top row and the lowest on its bottom one, and marks a change below it', () => {
  const change = { index: 4, run: 'R', version: '1.1', before: 100, after: 120, relative: 0.2, isWorse: true }
  assert.equal(
    shown(series([100, 105, 100, 105, 120, 115, 120], { changes: [change] })),
    `soon: p95 < 300 ms   (verify on shop, 7 runs)
        120 ms |    * *
               |     *
               |
               | * *
        100 ms |* *
               +----1--
    1 from R on (1.1): 100 ms to 120 ms, +20 %, worse`,
  )
})

test('runs that are all alike are one row', () => {
  assert.match(shown(series([100, 100, 100])), /100 ms \|\*\*\*\n +\+---$/)
})

test('of many runs the newest are drawn, and a change among the older ones is still told', () => {
  const change = { index: 3, run: 'OLD', version: '1', before: 0, after: 1, relative: null, isWorse: false }
  const text = shown(
    series(
      Array.from({ length: 500 }, (_, n) => 100 + (n % 7)),
      { changes: [change] },
    ),
  )
  assert.ok(text.split('\n').every((line) => line.length <= 80))
  assert.match(text, /1 from OLD on \(1\): 0 ms to 1.00 ms, better/)
})

test('a history whose runs say nothing is told from one without runs, which says how to begin', () => {
  const empty = { file: 'h.ndjson', series: [], broken: [], add: 'gauntlet history add last' }
  assert.equal(
    historyText({ ...empty, runs: 2 }),
    '2 runs in h.ndjson, none with an untainted value: nothing to show',
  )
  assert.equal(historyText({ ...empty, runs: 0 }), 'no run in h.ndjson yet: gauntlet history add last')
})

test('nothing that a file says reaches the terminal as it is', () => {
  const CLEARS = '\u001b[2J'
  const text = historyText({
    file: `h${CLEARS}`,
    series: [series([1], { plan: CLEARS, target: CLEARS, promised: CLEARS, objective: CLEARS })],
    broken: [{ line: 1, why: CLEARS }],
    ...{ runs: 1, add: CLEARS },
  })
  assert.ok(!text.includes('\u001b'))
})

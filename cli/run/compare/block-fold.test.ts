import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlannedLoad, SideName } from '../../../reports/run/index.ts'
import { STARTED } from '../../../scenarios/drivers/k6/entry.ts'
import type { Row } from '../../../scenarios/drivers/k6/stream/row.ts'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { BlockFold } from './block-fold.ts'
import { sideLoad } from './blocked-options.ts'
import { blocksOf, drawSchedule } from './schedule.ts'

const schedule = drawSchedule({ seed: 1, pairs: 30, blockMs: 1_000 })
const ZERO_US = 1_800_000_000_000_000
const RATE = 10

const planned: PlannedLoad = {
  ...RECORDED_PLAN.load[0]!,
  name: 'browse',
  executor: { kind: 'constant-arrival-rate', ratePerSecond: RATE, durationMs: 64_000, preAllocatedVus: 10 },
}
const loads = (['base', 'head'] as const).map((side) => sideLoad(side, planned)!)

function row(metric: string, atMs: number, more: Partial<Row> & { side: SideName; vu: number }): Row {
  const { side, vu, ...rest } = more
  return {
    metric,
    atUs: ZERO_US + atMs * 1000,
    value: 1,
    scenario: `browse-${side}`,
    name: '',
    check: '',
    errorCode: '',
    expectedResponse: '',
    metadata: `vu=${vu}`,
    ...rest,
  }
}

/** An iteration that sends one request at once and ends with its answer. */
function iteration(side: SideName, vu: number, atMs: number, tookMs: number, isGood = true): Row[] {
  const ended = { side, vu, name: 'shelf', expectedResponse: String(isGood) }
  return [
    row(STARTED, atMs, { side, vu }),
    row('http_req_duration', atMs + tookMs, { ...ended, value: tookMs }),
    row('http_req_blocked', atMs + tookMs, { ...ended, value: 0 }),
    row('iteration_duration', atMs + tookMs, { side, vu, value: tookMs }),
  ]
}

function folded(rows: readonly Row[]): BlockFold {
  const fold = new BlockFold({ loads, schedule, thresholdsMs: [300] }, () => {})
  for (const one of rows) fold.row(one)
  return fold
}

const [first, second] = blocksOf(schedule).map(({ side }) => side)
const requestsOf = (fold: BlockFold, index: number, outcome = 'ok') =>
  fold
    .finish({ leaveOut: false })
    .filter((block) => block.index === index)
    .flatMap(({ series }) => series)
    .filter((one) => one.measure === 'request' && one.outcome === outcome)

test('an iteration belongs to the block in which it started, under the name that the plan gives it', () => {
  const fold = folded([...iteration(first!, 1, 100, 20), ...iteration(second!, 2, 1_100, 30)])
  const blocks = fold.finish({ leaveOut: false })
  assert.deepEqual(
    blocks.map(({ index, side }) => [index, side]),
    [
      [0, first],
      [1, second],
    ],
  )
  assert.deepEqual(
    blocks[0]?.series
      .filter(({ measure }) => measure === 'request')
      .map(({ scenario, name, count }) => [scenario, name, count]),
    [['browse', 'shelf', 1]],
  )
})

test('a request that is answered in the turn of the other counts for latency where it began, for CPU time in its pair', () => {
  const rows = [
    ...iteration(first!, 1, 100, 20),
    ...iteration(second!, 2, 1_100, 20),
    ...iteration(first!, 1, 800, 500),
  ]
  const [own, next] = folded(rows).finish({ leaveOut: false })
  const request = own?.series.find(({ measure }) => measure === 'request')
  assert.deepEqual([own?.index, request?.count, request?.over], [0, 2, { '300': 1 }])
  assert.deepEqual([own?.answered, next?.answered], [2, 1])
})

test('a request that is answered in the next pair counts there for CPU time, as its CPU time does', () => {
  const rows = [
    ...iteration(first!, 1, 100, 20),
    ...iteration(second!, 2, 1_100, 20),
    ...iteration(second!, 3, 2_100, 20),
    ...iteration(second!, 2, 1_800, 500),
  ]
  const blocks = folded(rows).finish({ leaveOut: false })
  assert.deepEqual(
    blocks.map(({ answered }) => answered),
    [1, 1, 2],
  )
})

test('what k6 dropped so late that the other side has its turn is told as well', () => {
  const dropped = row('dropped_iterations', 1_050, { side: first!, vu: 0, metadata: '' })
  assert.equal(folded([...iteration(first!, 1, 100, 20), dropped]).misplaced, 1)
})

test('answers are counted by the clock, good or not', () => {
  const fold = folded([...iteration(first!, 1, 100, 20), ...iteration(first!, 2, 200, 20, false)])
  assert.equal(fold.finish({ leaveOut: false })[0]?.answered, 2)
})

test('a start so late that the other side has its turn is not taken for the other side, and is told', () => {
  const fold = folded([...iteration(first!, 1, 100, 20), ...iteration(first!, 2, 1_050, 20)])
  assert.equal(fold.misplaced, 1)
  assert.deepEqual(
    fold.finish({ leaveOut: false }).map(({ index }) => index),
    [0],
  )
})

test('an iteration that never ended is bad in its block; after a stop it is nobody’s fault', () => {
  const rows = [...iteration(first!, 1, 100, 20), row(STARTED, 200, { side: first!, vu: 2 })]
  assert.equal(requestsOf(folded(rows), 0, 'interrupted')[0]?.count, 1)
  const stopped = folded(rows).finish({ leaveOut: true })
  assert.ok(!stopped.flatMap(({ series }) => series).some(({ outcome }) => outcome === 'interrupted'))
})

test('what k6 dropped is bad in the block in which it was due', () => {
  const dropped = row('dropped_iterations', 200, { side: first!, vu: 0, metadata: '' })
  const fold = folded([...iteration(first!, 1, 100, 20), dropped, ...iteration(first!, 1, 300, 20)])
  assert.equal(requestsOf(fold, 0, 'dropped')[0]?.count, 1)
  assert.equal(fold.counts().dropped, 1)
})

test('the first tick tells when the first block began: one interval before it', () => {
  let zeroUs = 0
  const fold = new BlockFold({ loads, schedule, thresholdsMs: [] }, (atUs) => {
    zeroUs = atUs
  })
  for (const one of iteration(first!, 1, 1000 / RATE, 20)) fold.row(one)
  assert.equal(zeroUs, ZERO_US)
})

test('rows of scenarios that are not ours are left alone', () => {
  const fold = folded([
    row('vus', 0, { side: 'base', vu: 0, scenario: '' }),
    ...iteration(first!, 1, 100, 20),
  ])
  assert.equal(fold.finish({ leaveOut: false }).length, 1)
})

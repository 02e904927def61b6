import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Ack, LoadSecond, LoadSeries, PlannedLoad } from '../../../../reports/run/index.ts'
import { Sketch } from '../../../../reports/sketch/index.ts'
import { countsBy } from '../../../testing/counts-by.ts'
import { plannedLoad } from '../fixtures/k6.ts'
import { CsvReader } from './csv.ts'
import { Fold, type FoldEvents, type FoldOptions } from './fold.ts'
import { metadataOf, type Row } from './row.ts'

const orders = plannedLoad({ name: 'shop', journey: '', ratePerSecond: 5, durationMs: 2000 })
const hangs = [
  plannedLoad({ name: 'one', journey: '', ratePerSecond: 5, durationMs: 2000 }),
  plannedLoad({ name: 'boom', journey: '', ratePerSecond: 2, durationMs: 2000 }),
]

function foldOf(loads: readonly ReturnType<typeof plannedLoad>[], options: FoldOptions = {}) {
  const said = { zeros: [] as number[], acks: [] as Ack[] }
  const events: FoldEvents = {
    secondZero: (atUs) => said.zeros.push(atUs),
    ack: (ack) => said.acks.push(ack),
    event: () => {},
  }
  const fold = new Fold(loads, [100], events, options)
  return { fold, said }
}

function feed(fold: Fold, text: string): void {
  new CsvReader({ onRow: (row) => fold.row(row), onEnd: () => {} }).push(Buffer.from(text))
}

const recorded = (name: string) =>
  readFileSync(join(import.meta.dirname, `../fixtures/streams/${name}.csv`), 'utf8')

const countsOf = (lines: Iterable<LoadSecond>): Record<string, number> =>
  countsBy(lines, ({ measure, name, outcome }, second) => `${second} ${measure} ${name} ${outcome}`)

/** A stream written by hand: rows of one scenario `s`, ms after its first tick. */
const T0_NS = 1_795_232_000_000_000_000n
type Said = readonly [
  metric: string,
  atMs: number,
  value: number,
  rest?: {
    readonly vu?: number
    readonly error?: string
    readonly expected?: string
    readonly name?: string
  },
]
function rows(...list: readonly Said[]) {
  const header = 'metric_name,timestamp,metric_value,error_code,expected_response,name,scenario,metadata'
  const lines = list.map(
    ([metric, atMs, value, { vu = 1, error = '', expected = 'true', name = 'page' } = {}]) => {
      const at = T0_NS + BigInt(Math.round(atMs * 1e6))
      const [expectedResponse, page] = metric.startsWith('http') ? [expected, name] : ['', '']
      return `${metric},${at},${value},${error},${expectedResponse},${page},${metric === 'vus' ? '' : 's'},vu=${vu}`
    },
  )
  return `${[header, ...lines].join('\n')}\n`
}

function foldRows(ratePerSecond: number, text: string, leaveOut = false) {
  const load = plannedLoad({ name: 's', journey: '', ratePerSecond, durationMs: 10_000 })
  const { fold, said } = foldOf([load])
  feed(fold, text)
  const lines = [...fold.rest({ leaveOut })]
  return { lines, series: lines.flatMap((line) => line.series), counts: fold.accounts.get('s')!.counts, said }
}

const onceASecond = plannedLoad({ name: 's', journey: '', ratePerSecond: 1, durationMs: 10_000 })

/** The stream so far of one scenario that starts once a second. */
function fedWith(...list: readonly Said[]): Fold {
  const { fold } = foldOf([onceASecond])
  feed(fold, rows(...list))
  return fold
}

const requests = (series: readonly LoadSeries[]) => series.filter(({ measure }) => measure === 'request')

test('a recorded run gives its requests, checks, metrics and ids, by the second in which they were due', () => {
  const { fold, said } = foldOf([orders])
  feed(fold, recorded('orders'))
  assert.deepEqual(countsOf(fold.rest({ leaveOut: false })), {
    '0 check is accepted, "202" ok': 5,
    '0 iteration shop ok': 5,
    '0 metric orders ok': 5,
    '0 metric sizes ok': 5,
    '0 request look bad': 1,
    '0 request look ok': 4,
    '0 request order ok': 5,
    '1 check is accepted, "202" ok': 5,
    '1 iteration shop ok': 5,
    '1 metric orders ok': 5,
    '1 metric sizes ok': 5,
    '1 request look ok': 5,
    '1 request order ok': 5,
    '2 check is accepted, "202" ok': 1,
    '2 iteration shop ok': 1,
    '2 metric orders ok': 1,
    '2 metric sizes ok': 1,
    '2 request look bad': 1,
    '2 request order ok': 1,
  })
  assert.deepEqual(said.acks.map(({ id, second }) => `${second} ${id}`).slice(0, 6), [
    '0 ord-2',
    '0 ord-4',
    '0 ord-6',
    '0 ord-8',
    '0 ord-10',
    '1 ord-12',
  ])
  assert.equal(said.zeros.length, 1)
})

test('the start that the entry script tells is the one that k6 reckons with, to a millisecond', () => {
  const started = new Map<string, number>()
  let compared = 0
  const onRow = (row: Row) => {
    const vu = metadataOf(row, 'vu') ?? ''
    if (row.metric === 'gauntlet_started') started.set(vu, row.atUs)
    if (row.metric !== 'iteration_duration') return
    assert.ok(Math.abs(row.atUs - row.value * 1000 - started.get(vu)!) < 1000)
    compared += 1
  }
  new CsvReader({ onRow, onEnd: () => {} }).push(Buffer.from(recorded('orders')))
  assert.equal(compared, 11)
})

test('a recorded hang gives drops and interruptions, and the tick on the closing edge is no drop', () => {
  const { fold } = foldOf(hangs)
  feed(fold, recorded('hangs'))
  assert.deepEqual(countsOf(fold.rest({ leaveOut: false })), {
    '0 iteration boom bad': 2,
    '0 iteration one dropped': 1,
    '0 iteration one interrupted': 4,
    '0 request one dropped': 1,
    '0 request one interrupted': 4,
    '1 iteration boom bad': 2,
    '1 iteration one dropped': 5,
    '1 request one dropped': 5,
    '2 iteration boom bad': 1,
  })
  assert.deepEqual(fold.accounts.get('one')?.counts, { completed: 0, dropped: 6, interrupted: 4, threw: 0 })
  assert.deepEqual(fold.accounts.get('boom')?.counts, { completed: 0, dropped: 0, interrupted: 0, threw: 5 })
})

test('a rate that k6 cannot take is reckoned as the one that it runs: no start in time is late', () => {
  const startsMs = Array.from({ length: 200 }, (_, tick) => (tick * 1_000_000) / 333)
  const { fold } = foldOf([
    plannedLoad({ name: 's', journey: '', ratePerSecond: 1 / 3, durationMs: 600_000 }),
  ])
  feed(fold, rows(...startsMs.map((atMs) => ['gauntlet_started', atMs, 1] as const), ['vus', 700_000, 1]))
  assert.ok(fold.accounts.get('s')!.lateness.quantile(1)! < 1)
})

test('the lateness of a start, and the wait for a connection, are added to the request', () => {
  const { series } = foldRows(
    10,
    rows(
      ['gauntlet_started', 0, 1],
      ['http_req_duration', 20, 20],
      ['http_req_blocked', 20, 0],
      ['iteration_duration', 20, 20],
      ['gauntlet_started', 350, 1],
      ['http_req_duration', 380, 20],
      ['http_req_blocked', 380, 10],
      ['iteration_duration', 380, 30],
      ['gauntlet_started', 351, 1],
      ['iteration_duration', 352, 1],
      ['gauntlet_started', 352, 1],
      ['iteration_duration', 353, 1],
      ['gauntlet_started', 400, 1],
      ['iteration_duration', 401, 1],
    ),
  )
  const [request] = requests(series)
  const near = (pairs: readonly number[], q: number) =>
    5 * Math.round((Sketch.decode(pairs).quantile(q) ?? 0) / 5)
  assert.deepEqual([near(request!.sketch, 0.1), near(request!.sketch, 1)], [20, 280])
  assert.deepEqual([near(request!.uncorrected!, 0.1), near(request!.uncorrected!, 1)], [20, 20])
  assert.deepEqual(request!.over, { '100': 1 })
})

test('k6 says what a request came to: ok, bad, or a time-out that is over every threshold', () => {
  const one = (error: string, expected: string) =>
    requests(
      foldRows(
        1,
        rows(
          ['gauntlet_started', 0, 1],
          ['http_req_duration', 1, 1, { error, expected }],
          ['http_req_blocked', 1, 0],
          ['iteration_duration', 1, 1],
        ),
      ).series,
    ).map(({ outcome, over }) => [outcome, over['100']])
  assert.deepEqual(one('', 'true'), [['ok', 0]])
  assert.deepEqual(one('1500', 'false'), [['bad', 0]])
  assert.deepEqual(one('1212', 'false'), [['bad', 0]])
  assert.deepEqual(one('1050', 'false'), [['timeout', 1]])
})

test('an iteration never made counts as bad for every request that its scenario is known to make', () => {
  const { series, counts } = foldRows(
    1,
    rows(
      ['dropped_iterations', 0, 1],
      ['gauntlet_started', 1000, 1],
      ['http_req_duration', 1010, 10],
      ['http_req_blocked', 1010, 0],
      ['iteration_duration', 1010, 10],
      ['dropped_iterations', 2000, 1],
    ),
  )
  const dropped = requests(series).filter(({ outcome }) => outcome === 'dropped')
  assert.deepEqual(
    dropped.map(({ name, count }) => [name, count]),
    [
      ['page', 1],
      ['page', 1],
    ],
  )
  assert.equal(counts.dropped, 2)
  // It waited at least until the end of the load, 10 s after second 0; k6 itself has no figure.
  assert.deepEqual(
    dropped.map(({ sketch }) => Math.round(Sketch.decode(sketch).quantile(1)! / 100)),
    [100, 80],
  )
  assert.deepEqual(
    dropped.map(({ uncorrected }) => uncorrected),
    [[], []],
  )
})

test('of a journey with a name for each product an iteration never made is one bad request, not one a product', () => {
  const visits = Array.from({ length: 40 }, (_, n): Said[] => [
    ['gauntlet_started', n * 100, 1],
    ['http_req_duration', n * 100 + 10, 10, { name: `product ${n % 20}` }],
    ['http_req_blocked', n * 100 + 10, 0, { name: `product ${n % 20}` }],
    ['iteration_duration', n * 100 + 10, 10],
  ])
  const drops = Array.from({ length: 30 }, (_, n): Said => ['dropped_iterations', 4000 + n * 100, 1])
  const { series, counts } = foldRows(10, rows(...visits.flat(), ...drops))
  const dropped = requests(series).filter(({ outcome }) => outcome === 'dropped')
  assert.equal(counts.dropped, 30)
  assert.equal(
    dropped.reduce((sum, { count }) => sum + count, 0),
    30,
  )
  assert.ok(new Set(dropped.map(({ name }) => name)).size > 15, 'no product has all of them')
})

test('of a journey that makes a request three times an iteration never made is three bad ones', () => {
  const look = (atMs: number): Said[] => [
    ['http_req_duration', atMs, 10],
    ['http_req_blocked', atMs, 0],
  ]
  const visit: Said[] = [...look(10), ...look(20), ...look(30), ['iteration_duration', 30, 30]]
  const { series } = foldRows(1, rows(['gauntlet_started', 0, 1], ...visit, ['dropped_iterations', 1000, 1]))
  const dropped = requests(series).filter(({ outcome }) => outcome === 'dropped')
  assert.deepEqual(
    dropped.map(({ name, count }) => [name, count]),
    [['page', 3]],
  )
})

/** Two users who share so many iterations, for 10 s at the most. */
const sharing = (iterations: number) => {
  const executor = { kind: 'script', executor: 'shared-iterations', scenario: 's', exec: 'default' } as const
  const common = { startMs: 0, durationMs: 10_000, countsIterations: true, maxVus: 2 }
  const load = plannedLoad({ name: 's', journey: '', ratePerSecond: iterations, durationMs: 0 })
  return { ...load, executor: { ...executor, ...common } }
}

test('of iterations that are shared, those that nobody came to are bad, in the last second of their time', () => {
  const { fold } = foldOf([sharing(1000)])
  const visit: Said[] = [
    ['gauntlet_started', 0, 1],
    ['http_req_duration', 5000, 5000],
    ['http_req_blocked', 5000, 0],
    ['http_req_duration', 9000, 4000],
    ['http_req_blocked', 9000, 0],
    ['iteration_duration', 9000, 9000],
  ]
  // k6 tells of them when it has waited for those in flight: here for 3 s
  feed(fold, rows(...visit, ['dropped_iterations', 13_000, 999]))
  assert.equal(fold.accounts.get('s')?.counts.dropped, 999)
  const lines = [...fold.rest({ leaveOut: false })]
  const dropped = lines.flatMap(({ second, series }) =>
    series
      .filter(({ outcome }) => outcome === 'dropped')
      .map(({ measure, name, count, over }) => [second, measure, name, count, over['100']]),
  )
  assert.deepEqual(dropped, [
    [9, 'iteration', 's', 999, 999],
    [9, 'request', 'page', 1998, 1998],
  ])
})

test('of shared iterations none of whose requests was ever seen, each that nobody came to is one request', () => {
  const { fold } = foldOf([sharing(1000)])
  feed(fold, rows(['gauntlet_started', 0, 1], ['dropped_iterations', 10_000, 999]))
  assert.deepEqual(countsOf(fold.rest({ leaveOut: false })), {
    '0 iteration s interrupted': 1,
    '0 request s interrupted': 1,
    '9 iteration s dropped': 999,
    '9 request s dropped': 999,
  })
})

test('of ticks no more are dropped than there were, however many k6 says', () => {
  const { counts } = foldRows(
    1,
    rows(
      ['gauntlet_started', 0, 1],
      ['iteration_duration', 10, 10],
      ...Array.from({ length: 300 }, (_, n): Said => ['dropped_iterations', 1000 + n, 1e6]),
    ),
  )
  assert.deepEqual([counts.completed, counts.dropped], [1, 9])
})

test('of an interrupted iteration the requests it had completed stay what they were', () => {
  const text = rows(
    ['gauntlet_started', 0, 1, { vu: 1 }],
    ['http_req_duration', 10, 10, { vu: 1 }],
    ['http_req_blocked', 10, 0, { vu: 1 }],
    ['gauntlet_started', 1000, 1, { vu: 2 }],
    ['vus', 3000, 2],
  )
  const { series } = foldRows(1, text)
  assert.deepEqual(
    requests(series).map(({ outcome, count }) => [outcome, count]),
    [
      ['ok', 1],
      ['interrupted', 1],
    ],
  )
  assert.equal(
    series.filter(({ measure, outcome }) => measure === 'iteration' && outcome === 'interrupted').length,
    2,
  )
})

test('of an iteration that throws, each request that it had not completed is bad', () => {
  const text = rows(
    ['gauntlet_started', 0, 1, { vu: 1 }],
    ['gauntlet_threw', 5, 1, { vu: 1 }],
    ['iteration_duration', 5, 5, { vu: 1 }],
    ['gauntlet_started', 1000, 1, { vu: 1 }],
    ['http_req_duration', 1010, 10, { vu: 1 }],
    ['http_req_blocked', 1010, 0, { vu: 1 }],
    ['gauntlet_threw', 1020, 1, { vu: 1 }],
    ['iteration_duration', 1020, 20, { vu: 1 }],
    ['gauntlet_started', 2000, 1, { vu: 1 }],
    ['gauntlet_threw', 2005, 1, { vu: 1 }],
    ['iteration_duration', 2005, 5, { vu: 1 }],
  )
  const { lines, counts } = foldRows(1, text)
  const requested = Object.entries(countsOf(lines)).filter(([key]) => key.includes('request'))
  assert.deepEqual(requested, [
    ['0 request page bad', 1],
    ['1 request page ok', 1],
    ['2 request page bad', 1],
  ])
  assert.equal(counts.threw, 3)
})

test('what was in flight when we stopped k6 ourselves is left out', () => {
  const { series, counts } = foldRows(1, rows(['gauntlet_started', 0, 1], ['vus', 100, 1]), true)
  assert.deepEqual([series, counts.interrupted], [[], 0])
})

test('a closed second is written once, and what comes late for it is a further line', () => {
  const fold = fedWith(
    ['gauntlet_started', 0, 1, { vu: 1 }],
    ['gauntlet_started', 1000, 1, { vu: 2 }],
    ['iteration_duration', 1010, 10, { vu: 2 }],
  )
  assert.deepEqual([...fold.closed()], [], 'second 1 has not ended')
  feed(fold, rows(['gauntlet_started', 5000, 1, { vu: 3 }]))
  assert.deepEqual(
    [...fold.closed()].map(({ second }) => second),
    [1],
  )
  feed(fold, rows(['iteration_duration', 5900, 5900, { vu: 1 }]))
  assert.deepEqual(
    [...fold.closed()].map(({ second }) => second),
    [0],
  )
})

test('a stream cut in the middle keeps what was measured before', () => {
  const text = recorded('orders')
  for (const share of [0.2, 0.5, 0.9]) {
    const { fold } = foldOf([orders])
    feed(fold, text.slice(0, text.length * share))
    const whole = text
      .slice(0, text.length * share)
      .split('\n')
      .slice(0, -1)
    const ended = whole.filter((line) => line.startsWith('iteration_duration')).length
    assert.equal(countsSum(fold.rest({ leaveOut: true }), 'iteration'), ended)
  }
})

function countsSum(lines: Iterable<LoadSecond>, measure: string): number {
  const entries = Object.entries(countsOf(lines)).filter(([key]) => key.includes(` ${measure} `))
  return entries.reduce((sum, [, count]) => sum + count, 0)
}

test('a row from hours before, or a length of time below zero, is refused and told', () => {
  const fold = fedWith(
    ['gauntlet_started', 0, 1],
    ['http_req_duration', 10, 10],
    ['http_req_blocked', 10, -1],
    ['iteration_duration', -7_200_000, 10],
    ['iteration_duration', 20, -10],
    ['dropped_iterations', 20, 0.5],
    ['dropped_iterations', 20, 1e9],
    ['iteration_duration', 30, 30],
  )
  assert.equal(fold.refusedRows, 5)
  const counts = countsOf(fold.rest({ leaveOut: false }))
  assert.deepEqual(counts, { '0 iteration s ok': 1, '0 request page ok': 1 })
})

test('a clock that jumps ahead places nothing before its time, and what comes back from it is refused', () => {
  const year = 365 * 86_400_000
  const fold = fedWith(['gauntlet_started', 0, 1], ['vus', year, 1], ['iteration_duration', 30, 30])
  assert.equal(fold.refusedRows, 1)
  assert.deepEqual(countsOf(fold.rest({ leaveOut: false })), {
    '0 iteration s interrupted': 1,
    '0 request s interrupted': 1,
  })
})

test('an iteration whose end could not be read never ended, though its VU goes on', () => {
  const { lines, counts } = foldRows(
    1,
    rows(
      ['gauntlet_started', 0, 1, { vu: 1 }],
      ['gauntlet_started', 1000, 1, { vu: 1 }],
      ['iteration_duration', 1010, 10, { vu: 1 }],
    ),
  )
  assert.deepEqual([counts.interrupted, counts.completed], [1, 1])
  assert.equal(countsOf(lines)['0 iteration s interrupted'], 1)
})

test('what never ended weighs in the sum with the time that it had waited at least', () => {
  const { series } = foldRows(1, rows(['gauntlet_started', 0, 1], ['vus', 4000, 1]))
  const [iteration] = series.filter(({ measure }) => measure === 'iteration')
  assert.deepEqual([iteration?.outcome, iteration?.sum], ['interrupted', 4000])
})

test('a metric of the journey keeps its sum, values below zero included', () => {
  const { series } = foldRows(
    1,
    rows(['gauntlet_started', 0, 1], ['balance', 5, -7], ['balance', 6, 3], ['iteration_duration', 10, 10]),
  )
  const [balance] = series.filter(({ name }) => name === 'balance')
  assert.deepEqual([balance?.count, balance?.sum], [2, -4])
})

test('a value beyond all measure is refused as infinity is, and the time of a file in nanoseconds is none', () => {
  const huge = Array.from({ length: 10 }, (_, n): Said => ['m', n, n % 2 === 0 ? 1.7e308 : -1.7e308])
  const stamp: Said = ['changed', 15, 1_795_232_000_000_000_000]
  const fold = fedWith(['gauntlet_started', 0, 1], ...huge, stamp, ['iteration_duration', 20, 20])
  const series = [...fold.rest({ leaveOut: false })].flatMap((line) => line.series)
  assert.deepEqual(
    series.filter(({ measure }) => measure === 'metric').map(({ name, sum }) => [name, sum]),
    [['changed', 1_795_232_000_000_000_000]],
  )
  assert.equal(fold.refusedRows, 10)
})

/** How many started while a VU was free, and how many of them late, in each second. */
function lateStarts(load: PlannedLoad, said: readonly Said[], options?: FoldOptions) {
  const { fold } = foldOf([load], options)
  feed(fold, rows(...said, ['vus', 900, 1]))
  Array.from(fold.rest({ leaveOut: true }))
  return fold.starts().map(({ starts, lateStarts }) => [starts, lateStarts])
}

test('a start is late from the moment on that is given, whatever the thresholds are at which is counted', () => {
  const load = plannedLoad({ name: 's', journey: '', ratePerSecond: 10, durationMs: 10_000 })
  const said: Said[] = [0, 100, 400].map((atMs, vu) => ['gauntlet_started', atMs, 1, { vu }])
  const lateFrom = (lateFromMs: number) => lateStarts(load, said, { lateFromMs })
  assert.deepEqual([lateFrom(100), lateFrom(200)], [[[3, 1]], [[3, 0]]])
})

test('a late start is told while a VU was free, and not while all wait for the target', () => {
  const load = plannedLoad({ name: 's', journey: '', ratePerSecond: 10, durationMs: 10_000, vus: 2 })
  const startsOf = (...said: Said[]) => lateStarts(load, said)
  const late = ['gauntlet_started', 500, 1, { vu: 3 }] as const
  assert.deepEqual(startsOf(['gauntlet_started', 0, 1, { vu: 1 }], late), [[2, 1]])
  const both = [
    ['gauntlet_started', 0, 1, { vu: 1 }],
    ['gauntlet_started', 100, 1, { vu: 2 }],
    ['iteration_duration', 499, 399, { vu: 2 }],
  ] as const
  assert.deepEqual(startsOf(...both, late), [[2, 0]], 'at 200 ms, when it was due, both were at work')
})

test('two scenarios that begin apart have each its own first tick', () => {
  const script = (name: string, startMs: number, ramps: boolean) => {
    const stages = [{ fromPerSecond: ramps ? 0 : 1, toPerSecond: ramps ? 2 : 1, durationMs: 4000 }]
    const executor = ramps ? 'ramping-arrival-rate' : 'constant-arrival-rate'
    const planned = plannedLoad({ name, journey: '', ratePerSecond: 1, durationMs: 4000 })
    const common = { kind: 'script', scenario: name, exec: 'default', countsIterations: false } as const
    return {
      ...planned,
      executor: { ...common, executor, startMs, durationMs: 4000, maxVus: 5, stages },
    } as const
  }
  const { fold } = foldOf([script('even', 0, false), script('s', 1000, true)])
  // A ramp from 0 to 2 a second in 4 s: the first is due when its area is one, after two seconds.
  feed(fold, rows(['gauntlet_started', 3000, 1]))
  assert.equal(fold.zeroUs, Number(T0_NS / 1000n))
})

test('a name of its own for each request ends in one series, every event counted and told', () => {
  const { fold } = foldOf([onceASecond])
  const page = rows(['gauntlet_started', 0, 1], ['http_req_duration', 10, 10], ['http_req_blocked', 10, 0])
  const [header, started, ...request] = page.trimEnd().split('\n')
  const requests = Array.from({ length: 1500 }, (_, n) =>
    request.join('\n').replaceAll(',page,', `,page ${n},`),
  )
  feed(fold, `${[header, started, ...requests].join('\n')}\n`)
  const series = [...fold.rest({ leaveOut: true })].flatMap((line) => line.series)
  assert.deepEqual([series.length, series.find(({ name }) => name === '(others)')?.count], [1001, 500])
  assert.deepEqual([fold.lost?.names, fold.lost?.events, fold.lost?.examples[0]], [500, 500, 'page 1000'])
})

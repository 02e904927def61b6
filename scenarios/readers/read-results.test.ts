import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { GauntletError, LoadSecond } from '../../reports/run/index.ts'
import { readChunks } from './read-results.ts'
import type { Results } from './results.ts'
import { chunked } from './testing/chunks.ts'
import { countsOf, fixture, readText, slowOf } from './testing/read.ts'

const LOOK = 'look, "here"\nand there'

for (const file of ['k6.csv', 'k6.ndjson'])
  test(`${file} holds requests, checks and the script's own metrics; of setup and teardown nothing`, async () => {
    const results = await readText(fixture(file))
    assert.deepEqual(countsOf(results), {
      'check look-around is "ok",\nor not bad': 4,
      'check look-around is "ok",\nor not ok': 17,
      'metric order change ok': 5,
      'metric order orders ok': 5,
      [`request look-around ${LOOK} bad`]: 4,
      [`request look-around ${LOOK} ok`]: 17,
      'request order order dropped': 6,
      'request order order ok': 3,
      'request order order timeout': 2,
    })
    assert.deepEqual([results.unreadableLines, results.gaps], [0, []])
    assert.ok(results.load.every((line) => Compile(LoadSecond).Check(line)))
  })

test('what timed out or never started is slower than every threshold, as in a run of our own', async () => {
  assert.deepEqual(slowOf(await readText(fixture('k6.csv'))), {
    [`look-around ${LOOK} bad`]: 0,
    [`look-around ${LOOK} ok`]: 0,
    'order order dropped': 6,
    'order order ok': 3,
    'order order timeout': 2,
  })
})

test('a JTL holds samples by their label, in the second of their start; its transactions are iterations', async () => {
  const results = await readText(fixture('jmeter.jtl'))
  assert.deepEqual(countsOf(results), {
    'iteration shoppers Visit bad': 1,
    'request buyers Order, "now" ok': 1,
    'request buyers Order, "now" timeout': 1,
    'request shoppers Home page ok': 2,
    'request shoppers Search bad': 1,
    'request shoppers Search ok': 1,
  })
  assert.deepEqual([results.seconds, results.zeroUs, results.unreadableLines], [4, 1_795_257_166_000_000, 0])
  const last = results.load.find(({ second }) => second === 3)
  assert.deepEqual(
    last?.series.map(({ name }) => name),
    ['Order, "now"'],
  )
  assert.match(results.notes.join(), /transaction controllers/)
})

test('a line of JSON that was damaged is unreadable, also where it begins as one that tells nothing', async () => {
  const whole = fixture('k6.ndjson').toString()
  const damaged = whole.replace(
    /("metric":"http_reqs","type":"Poi).*\n(?=\{"metric":"http_req_duration")/,
    '$1',
  )
  const { unreadableLines, notes } = await readText(damaged)
  assert.notEqual(damaged, whole)
  assert.ok(unreadableLines > 0)
  assert.match(notes.join('\n'), /is no entry of k6's JSON/)
})

test('where a chunk ends makes no difference', async () => {
  const bytes = fixture('jmeter.jtl')
  const whole = await readText(bytes)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 9 }), async (cuts) => {
      const options = { thresholdsMs: [100], names: [] }
      assert.deepEqual(await readChunks(chunked(bytes, cuts), 'results', options), whole)
    }),
    { numRuns: 40 },
  )
})

const HEAD = 'timeStamp,elapsed,label,success,responseCode,threadName'
const jtl = (...rows: readonly string[]): string => [HEAD, ...rows, ''].join('\n')
const GOOD = '1795257166100,42,Home,true,200,Shoppers 1-1'

const BAD_ROWS = [
  ['1795257166100,-5,Home,true,200,Shoppers 1-1', /below zero, -5 ms/],
  ['1795257166100,NaN,Home,true,200,Shoppers 1-1', /has the elapsed time "NaN"/],
  ['1795257166100,Infinity,Home,true,200,Shoppers 1-1', /has the elapsed time "Infinity"/],
  ['1795257166100,1e308,Home,true,200,Shoppers 1-1', /length of time of/],
  ['1795257166100,,Home,true,200,Shoppers 1-1', /has the elapsed time ""/],
  ['1795257166100,42,Home,yes,200,Shoppers 1-1', /has the success "yes"/],
  ['1795257166100,42,Home,,200,Shoppers 1-1', /has the success ""/],
  ['2026/11/21 10:20:54,42,Home,true,200,Shoppers 1-1', /not in milliseconds since 1970/],
  ['1795257166100,42,Home,true,200', /has 5 columns, the header has 6/],
  ['1795257166100,42,Ho"me,true,200,Shoppers 1-1', /quote in the wrong place/],
  ['1795253566100,42,Home,true,200,Shoppers 1-1', /1 h earlier than one before it: a clock jumped back/],
  ['1796553166100,42,Home,true,200,Shoppers 1-1', /later than the first/],
] as const

for (const [row, why] of BAD_ROWS)
  test(`"${row}" is counted as unreadable, told with its line, and never good`, async () => {
    const results = await readText(jtl(GOOD, row, GOOD))
    assert.deepEqual(countsOf(results), { 'request shoppers Home ok': 2 })
    assert.equal(results.unreadableLines, 1)
    assert.match(results.notes.join('\n'), /^1 line of 4 could not be read; the first, line 3, /)
    assert.match(results.notes.join('\n'), why)
  })

const K6_HEAD = 'metric_name,timestamp,metric_value,error_code,expected_response,name,scenario,status'
const k6 = (...rows: readonly string[]): string => [K6_HEAD, ...rows, ''].join('\n')

test("k6's own word tells good from bad, then its rate of failures, then the status; without all a request is unreadable", async () => {
  const request = 'http_req_duration,1795257166100,5'
  const failed = (value: number, name: string): string =>
    `http_req_failed,1795257166100,${value},,,${name},s,`
  const results = await readText(
    k6(
      ...[`${request},,,a,s,`, `${request},,,b,s,200`, `${request},,false,c,s,200`, failed(0, 'c')],
      ...[
        `${request},,true,d,s,404`,
        `${request},,,e,s,`,
        failed(0, 'e'),
        `${request},,,f,s,`,
        failed(1, 'f'),
      ],
      ...[`${request},,,g,s,404`, failed(0, 'g'), `${request},1211,,h,s,`],
      ...[`${request},,,i,s,`, failed(0, 'another')],
    ),
  )
  assert.deepEqual(countsOf(results), {
    'request s b ok': 1,
    'request s c bad': 1,
    'request s d ok': 1,
    'request s e ok': 1,
    'request s f bad': 1,
    'request s g ok': 1,
    'request s h bad': 1,
  })
  assert.equal(results.unreadableLines, 2)
  assert.match(results.notes.join('\n'), /line 2, is a request of which nothing tells whether it was good/)
})

test('the wait for a connection counts, and one below zero makes its request unreadable', async () => {
  const request = (blockedMs: number): string[] => [
    'http_req_duration,1795257166100,60,,true,a,s,200',
    `http_req_blocked,1795257166100,${blockedMs},,true,a,s,200`,
  ]
  const results = await readText(k6(...request(50), ...request(0), ...request(-50)))
  assert.deepEqual(slowOf(results), { 's a ok': 1 })
  assert.deepEqual([countsOf(results), results.unreadableLines], [{ 'request s a ok': 2 }, 1])
})

test('a wait for a connection that does not follow its request is unreadable: sorted rows lose it', async () => {
  const rows = ['a', 'b'].flatMap((name) => [
    `http_req_duration,1795257166100,60,,true,${name},s,200`,
    `http_req_blocked,1795257166100,500,,true,${name},s,200`,
  ])
  assert.equal((await readText(k6(...rows))).unreadableLines, 0)
  const sorted = await readText(k6(...rows.toSorted()))
  assert.ok(sorted.unreadableLines > 0)
  assert.match(sorted.notes.join('\n'), /line 2, .*does not follow its request/)
  const twice = await readText(k6(...rows.slice(0, 2), ...rows.slice(1, 2)))
  assert.equal(twice.unreadableLines, 1)
})

test('without groups it is the scenario that tells setup from the load; without both the file is said to mix them', async () => {
  const request = 'http_req_duration,1795257166100,5,true'
  const counted = async (...rows: readonly string[]) => {
    const results = await readText([...rows, ''].join('\n'))
    return { counts: countsOf(results), isSaid: /setup and teardown count/.test(results.notes.join()) }
  }
  const head = 'metric_name,timestamp,metric_value,expected_response'
  assert.deepEqual(await counted(`${head},scenario`, `${request},`, `${request},s`), {
    ...{ counts: { 'request s  ok': 1 }, isSaid: false },
  })
  assert.deepEqual(await counted(`${head},group`, `${request},::setup`, `${request},`), {
    ...{ counts: { 'request default  ok': 1 }, isSaid: false },
  })
  assert.deepEqual(await counted(head, request), {
    ...{ counts: { 'request default  ok': 1 }, isSaid: true },
  })
  const point = (tags: object): string =>
    JSON.stringify({
      ...{ metric: 'http_req_duration', type: 'Point' },
      data: { time: '2026-11-21T10:32:46.5Z', value: 5, tags },
    })
  const ok = { expected_response: 'true' }
  assert.deepEqual(await counted(point({ ...ok, scenario: 's' }), point(ok)), {
    ...{ counts: { 'request s  ok': 1 }, isSaid: false },
  })
  assert.equal((await counted(point(ok), point({ ...ok, scenario: 's' }))).isSaid, true)
})

test('two scenarios with one label are told apart: it goes to the one whose own name it is, or to none', async () => {
  const of = (scenario: string, outcome: boolean): string =>
    `http_req_duration,1795257166100,5,,${outcome},a,${scenario},200`
  const own = await readText(k6(of('pay_online', true), of('pay-online', false)))
  assert.deepEqual(countsOf(own), { 'request pay-online a bad': 1, 'request pay-online-2 a ok': 1 })
  assert.ok(own.notes.includes('scenarios whose names are alike: "pay_online" is pay-online-2'))
  const alike = await readText(jtl(GOOD, GOOD.replace('Shoppers', 'SHOPPERS')))
  assert.deepEqual(countsOf(alike), { 'request shoppers-1 Home ok': 1, 'request shoppers-2 Home ok': 1 })
  assert.match(alike.notes.join(), /"Shoppers" is shoppers-1 and "SHOPPERS" is shoppers-2/)
  assert.doesNotMatch((await readText(k6(of('pay_online', true)))).notes.join(), /alike/)
})

/** So many visits of one request each, to 500 products in turn. */
const visits = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => [
    `http_req_duration,1795257166100,5,,true,product ${n % 500},s,200`,
    'iteration_duration,1795257166100,5,,,,s,',
  ]).flat()

test('a dropped iteration of a journey with a name for each product is one bad request', async () => {
  const results = await readText(k6(...visits(1500), 'dropped_iterations,1795257166100,100,,,,s,'))
  const dropped = Object.entries(countsOf(results)).filter(([key]) => key.endsWith(' dropped'))
  const sum = dropped.reduce((all, [, count]) => all + count, 0)
  assert.ok(Math.abs(sum - 100) <= 1, `${sum}`)
  assert.ok(dropped.length > 90, 'no product has all of them')
  assert.deepEqual(
    Object.keys(slowOf(results)).filter((key) => key.endsWith(' dropped')).length,
    dropped.length,
  )
})

test('a million dropped iterations in each of many rows are added up, not counted one by one', async () => {
  const rows = Array.from({ length: 60 }, (_, n) => `dropped_iterations,1795257${166 + n}100,1000000,,,,s,`)
  const results = await readText(k6(...visits(500), ...rows))
  const dropped = Object.entries(countsOf(results)).filter(([key]) => key.endsWith(' dropped'))
  assert.ok(Math.abs(dropped.reduce((all, [, count]) => all + count, 0) - 60e6) <= 60)
})

test('seconds in which k6 said nothing are a gap', async () => {
  const vus = (second: number): string => `vus,17952571${second},1,,,,,`
  const results = await readText(
    k6(
      'http_req_duration,1795257110,5,,true,a,s,200',
      vus(10),
      vus(11),
      vus(19),
      'http_req_duration,1795257120,5,,true,a,s,200',
    ),
  )
  assert.deepEqual(results.gaps, [{ fromSecond: 2, toSecond: 8 }])
})

/** So many seconds from 1795257110 on in which one user is at work. */
const working = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `vus,${1795257110 + from + n},1,,,,,`)
const asked = (second: number, ms = 5): string =>
  `http_req_duration,${1795257110 + second}500,${ms},,true,a,s,200`
const lengthOf = async (...rows: readonly string[]): Promise<number> => (await readText(k6(...rows))).seconds

test('seconds in which users were at work and nothing came of it belong to the load, at either end', async () => {
  assert.equal(await lengthOf(asked(0), ...working(0, 50)), 51)
  const late = await readText(k6(...working(0, 20), asked(20)))
  assert.deepEqual([late.seconds, late.load[0]?.second, late.zeroUs], [21, 20, 1795257110 * 1e6])
})

test('users who are at work until what they wait for comes make the load no longer', async () => {
  assert.equal(await lengthOf(asked(0), ...working(0, 20), asked(20, 20_000)), 1)
  const slept = 'iteration_duration,1795257130500,20000,,,,s,'
  assert.equal(await lengthOf(asked(0), ...working(0, 22), slept), 1)
  assert.equal(await lengthOf(asked(0), ...working(0, 3)), 1)
  const idle = Array.from({ length: 50 }, (_, n) => `vus,${1795257110 + n},0,,,,,`)
  assert.equal(await lengthOf(asked(0), ...idle), 1)
})

test('users at work thirty years later are unreadable, and makes no length', async () => {
  const far = await readText(k6(asked(0), 'vus,2795257110,1,,,,,'))
  assert.deepEqual([far.seconds, far.unreadableLines], [1, 1])
})

test('beyond a thousand names the rest is counted together, but what an objective asks for stays apart', async () => {
  const rows = Array.from(
    { length: 1500 },
    (_, n) => `179525716610${n % 10},42,page ${n},true,200,Shoppers 1-1`,
  )
  const results = await readText(jtl(...rows), ['page 1400'])
  const counts = countsOf(results)
  assert.equal(counts['request shoppers (others) ok'], 499)
  assert.equal(counts['request shoppers page 1400 ok'], 1)
  assert.match(results.notes.join(), /the first 1,000 names .* 499 results of others are counted together/)
})

const REFUSED = [
  ['', /holds no whole line/],
  ['metric_name,timest', /holds no whole line/],
  ['<?xml version="1.0"?>\n<testResults>\n', /is XML/],
  [`${GOOD}\n`, /has no header/],
  ['timeStamp,elapsed,label\n', /lacks the column success/],
  ['{"metrics":{}}\n', /is JSON, but no samples of k6/],
  ['\u001f\u008b\n', /is compressed/],
  ['name,value\n', /is no results file/],
  ['<?xml version="1.0"?><testResults></testResults>', /is XML/],
  ['[{"metric":"http_reqs"}]', /is a JSON array/],
  [`[${'1,'.repeat(1 << 20)}`, /is a JSON array/],
  ['{"metrics":{}}', /is JSON, but no samples of k6/],
  ['{"type":"Metric","da', /holds no whole line/],
  ['\u001f\u008b', /is compressed/],
  ['metric_name;timestamp;metric_value\n', /has ";" between its columns, no commas/],
  ['metric_name\ttimestamp\tmetric_value\n', /has "tab" between its columns/],
  ['"metric_name","timestamp","metric_value"\n', /has a header in quotes/],
  ['metric_name,timestamp\n', /lacks the column metric_value/],
  ['\nmetric_name,timestamp,metric_value\n', /begins with an empty line/],
] as const

for (const [text, why] of REFUSED)
  test(`what begins with ${JSON.stringify(text.slice(0, 20))} is refused, with what to do`, async () => {
    await assert.rejects(readText(text), (error) => {
      assert.ok(error instanceof GauntletError)
      assert.match(error.message, why)
      return error.hint !== undefined && error.exitCode === 2
    })
  })

/** All events that have a row; what never started counts as the requests that are usual so far. */
const eventsOf = (results: Results): number =>
  Object.entries(countsOf(results))
    .filter(([key]) => !key.endsWith(' dropped'))
    .reduce((sum, [, count]) => sum + count, 0)

for (const file of ['k6.csv', 'k6.ndjson', 'jmeter.jtl'])
  test(`${file} cut at any byte says that it was cut, or is what was written until then: never more`, async () => {
    const bytes = fixture(file)
    const whole = await readText(bytes)
    const firstEnd = bytes.indexOf(10)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: firstEnd + 1, max: bytes.length - 1 }), async (length) => {
        const cut = await readText(bytes.subarray(0, length))
        if (bytes[length - 1] !== 10) assert.ok(cut.unreadableLines > 0, 'cut within a line')
        assert.ok(eventsOf(cut) <= eventsOf(whole))
        assert.ok(cut.seconds <= whole.seconds)
      }),
      { numRuns: 150 },
    )
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpReply, PlannedSource } from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { askSource, knownUntilUs, whyNoAnswer } from '../ask-source.ts'

const SOURCE: PlannedSource = { name: 'metrics', type: 'Prometheus', url: 'http://127.0.0.1:9090/under' }
const FROM_US = 1_795_225_530_000_400
const asked = { source: SOURCE, query: 'up > 0', fromUs: FROM_US, toUs: FROM_US + 95e6 }

const ok = (data: object): HttpReply => ({ status: 200, body: { status: 'success', data } })
const matrix = (...result: object[]): HttpReply => ok({ resultType: 'matrix', result })

async function answerTo(reply: HttpReply, more: Partial<typeof asked> = {}) {
  const { context, recorded } = fakeContext({ reply: () => reply })
  const answer = await askSource({ ...asked, ...more }, context.http)
  return { ...answer, url: new URL(recorded.requests[0]?.url ?? '') }
}

test('asks from second 0 to the end, each second, below the path of the address', async () => {
  const { url, stepMs, source, query } = await answerTo(matrix())
  assert.equal(url.pathname, '/under/api/v1/query_range')
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    ...{ query: 'up > 0', start: '1795225530.001', end: '1795225625', step: '1' },
  })
  assert.deepEqual([stepMs, source, query], [1000, 'metrics', 'up > 0'])
})

test('a run of a day is asked in fewer points than Prometheus refuses', async () => {
  const { stepMs, url } = await answerTo(matrix(), { toUs: FROM_US + 86_400e6 })
  assert.equal(stepMs, 8640)
  assert.equal(url.searchParams.get('step'), '8.64')
})

test('one series is its points in microseconds; what is no number is null', async () => {
  const values = [
    [1795225530.001, '1.5'],
    [1795225531.001, 'NaN'],
    [1795225532.001, '+Inf'],
    [1795225533.001, '-Inf'],
    [1795225534.001, '-2e3'],
  ]
  const { points, error } = await answerTo(matrix({ metric: {}, values }))
  assert.equal(error, null)
  assert.deepEqual(points, [
    [1_795_225_530_001_000, 1.5],
    [1_795_225_531_001_000, null],
    [1_795_225_532_001_000, null],
    [1_795_225_533_001_000, null],
    [1_795_225_534_001_000, -2000],
  ])
})

test('no series is no data, and no error', async () => {
  const { points, error } = await answerTo(matrix())
  assert.deepEqual({ points, error }, { points: [], error: null })
})

/** What is said of each answer that gives no points. */
const ERRORS: readonly (readonly [why: string, reply: HttpReply, error: RegExp])[] = [
  [
    'several series',
    matrix({ values: [] }, { values: [] }, { values: [] }),
    /^up > 0 gave 3 series, and one is needed, such as sum\(up > 0\)$/,
  ],
  ['histograms', matrix({ histograms: [] }), /gave histograms, and numbers are needed$/],
  [
    'a mistake in the query',
    { status: 400, body: { status: 'error', errorType: 'bad_data', error: '1:4: parse error.' } },
    /^bad_data: 1:4: parse error$/,
  ],
  ['a page of a proxy', { status: 502, body: '<h1>Bad Gateway</h1>' }, /^status 502, <h1>Bad Gateway<\/h1>$/],
  ['no reply', { status: null, reason: 'no reply within 30000 ms' }, /^no reply within 30000 ms$/],
  [
    'another kind of answer',
    ok({ resultType: 'string', result: [1, 'a'] }),
    /^status 200, \{"status":"success"/,
  ],
  ['points that are none', matrix({ values: [['now', 1]] }), /^status 200/],
]
for (const [why, reply, expected] of ERRORS)
  test(`${why}: an answer without points that says so`, async () => {
    const { points, error } = await answerTo(reply)
    assert.deepEqual(points, [])
    assert.match(error ?? '', expected)
  })

test('it knows all up to the oldest scrape, and nothing where there is none', async () => {
  const until = (reply: HttpReply) => knownUntilUs(SOURCE, fakeContext({ reply: () => reply }).context.http)
  const vector = (...result: object[]) => ok({ resultType: 'vector', result })
  assert.equal(await until(vector({ value: [1795225600.5, '1795225599.25'] })), 1_795_225_599_250_000)
  assert.equal(await until(vector()), undefined)
  assert.equal(await until({ status: null, reason: 'connection refused' }), undefined)
})

test('why it does not answer is said in its own words', async () => {
  const why = (reply: HttpReply) => whyNoAnswer(SOURCE, fakeContext({ reply: () => reply }).context.http)
  assert.equal(await why(ok({ resultType: 'vector', result: [{ value: [1, '1'] }] })), undefined)
  assert.equal(await why({ status: 401, body: 'who are you' }), 'status 401, who are you')
  assert.equal(await why({ status: 200, body: 'hello' }), 'status 200, hello')
})

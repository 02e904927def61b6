import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Instrument, LoadSecond, RunContext } from '../../../reports/run/index.ts'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { toScriptLoads } from '../../model/index.ts'
import { k6OfThisMachine, plannedLoad, readBack, realContext, runLoad } from './fixtures/k6.ts'
import { checkJourneys, inspectScript, type K6Binary, k6Driver } from './index.ts'

const found = await k6OfThisMachine()
const binary: K6Binary = typeof found === 'string' ? { path: '', version: '', origin: 'PATH' } : found
const real = { skip: typeof found === 'string' ? found : false, concurrency: false }

/** A server on loopback that lives as long as the test. */
async function serve(t: TestContext, answer: RequestListener): Promise<Record<string, string>> {
  return { GAUNTLET_URL_GATEWAY: await onLoopback(createServer(answer), t) }
}

/** Looks, and orders with an id that must be escaped to survive. */
function orderServer() {
  const seen = { look: 0, ids: new Set<string>() }
  const answer: RequestListener = (request, response) => {
    if (request.method === 'POST') {
      const id = `o&vu=1&${seen.ids.size}`
      seen.ids.add(id)
      response.writeHead(202).end(JSON.stringify({ id }))
      return
    }
    seen.look += 1
    response.writeHead(seen.look % 10 === 0 ? 500 : 200).end('{}')
  }
  return { seen, answer }
}

/** One iteration a tick, and perhaps one on the closing edge; a k6 that has no CPU then misses its last ticks. */
function assertDue(iterations: number, due: number): void {
  assert.ok(iterations > 0.8 * due && iterations <= due + 1, `${iterations} iterations, of ${due} due`)
}

test(
  'what is recorded equals what the server counted, by name, outcome and acknowledged id',
  real,
  async (t) => {
    const measure = async () => {
      const { seen, answer } = orderServer()
      const environment = await serve(t, answer)
      const journey = 'journeys/orders.k6.ts'
      const load = { name: 'shop', journey, ratePerSecond: 50, durationMs: 3000, environment }
      return { seen, ...(await runLoad(binary, [load])) }
    }
    let measured = await measure()
    // a k6 that stood still for seconds says so, and is asked once more
    for (let more = 2; more > 0 && measured.instrument.gaps.length > 0; more -= 1) measured = await measure()
    const { seen, outcome, counts, instrument, recorded } = measured
    const ids = recorded.evidence['acks.ndjson'].map((ack) => 'id' in ack && ack.id)

    assert.deepEqual(outcome, { kind: 'completed' })
    assert.deepEqual(counts, {
      'request look ok': seen.look - Math.floor(seen.look / 10),
      'request look bad': Math.floor(seen.look / 10),
      'request order ok': seen.ids.size,
      'check is accepted, "202" ok': seen.ids.size,
      'metric orders ok': seen.ids.size,
      'metric sizes ok': seen.ids.size,
      'iteration shop ok': seen.ids.size,
    })
    assert.deepEqual(new Set(ids), seen.ids)
    assertDue(seen.ids.size, 150)
    assert.deepEqual(instrument.gaps, [])
    assert.equal(instrument.unreadableRows, 0)
    const seconds = (instrument.seconds ?? []).slice(0, 3)
    assert.deepEqual(
      seconds.map(({ second }) => second),
      [0, 1, 2],
    )
    const starts = seconds.reduce((sum, one) => sum + one.starts, 0)
    assertDue(starts, 150)
    assert.equal(recorded.journal.filter(({ kind }) => kind === 'second-zero').length, 1)
  },
)

test('each second holds the iterations that were due in it', real, async (t) => {
  const environment = await serve(t, (_, response) => response.end())
  const load = {
    name: 'one',
    journey: 'journeys/one-request.k6.ts',
    ratePerSecond: 20,
    durationMs: 3000,
    environment,
  }
  const { recorded } = await runLoad(binary, [load])
  const perSecond = Map.groupBy(recorded.evidence['load.ndjson'] as LoadSecond[], ({ second }) => second)
  const iterations = [...perSecond].map(([second, lines]) => [second, sumOf(lines, 'iteration')])
  assert.deepEqual(iterations.slice(0, 2), [
    [0, 20],
    [1, 20],
  ])
  assertDue(iterations[2]?.[1] ?? 0, 20)
})

/** Those of the only scenario. */
function iterationsOf({ iterations }: Instrument): Instrument['iterations'][number] {
  assert.deepEqual(
    iterations.map(({ scenario }) => scenario),
    ['one'],
  )
  return iterations[0]!
}

function sumOf(lines: readonly LoadSecond[], measure: string): number {
  const series = lines.flatMap((line) => line.series).filter((one) => one.measure === measure)
  return series.reduce((sum, { count }) => sum + count, 0)
}

test('iterations that find no free VU are bad, and slower than every threshold', real, async (t) => {
  const environment = await serve(t, (_, response) => void setTimeout(() => response.end(), 400))
  const load = {
    name: 'one',
    journey: 'journeys/one-request.k6.ts',
    ratePerSecond: 20,
    durationMs: 2000,
    vus: 2,
    environment,
  }
  const { counts, series, instrument } = await runLoad(binary, [load])
  const dropped = series.filter(({ measure, outcome }) => measure === 'request' && outcome === 'dropped')
  const made = counts['request one ok'] ?? 0

  assertDue(made + iterationsOf(instrument).dropped, 40)
  assert.equal(counts['request one dropped'], iterationsOf(instrument).dropped)
  assert.equal(counts['iteration one dropped'], iterationsOf(instrument).dropped)
  for (const { count, over } of dropped) assert.deepEqual(over, { '100': count, '300': count })
})

/** A script of which no more than a few of its 2,000 iterations can be made in its 2 s, ready to start. */
async function countedIterations(t: TestContext, context: RunContext) {
  const answered = Promise.withResolvers<void>()
  const { GAUNTLET_URL_GATEWAY: base = '' } = await serve(t, (_, response) => {
    answered.resolve()
    setTimeout(() => response.end(), 50)
  })
  const script = { inherited: {}, variables: { BASE: base } }
  const path = join(import.meta.dirname, 'fixtures/scripts/counts-iterations.js')
  const options = await inspectScript(path, { binary, script }, context)
  const loads = toScriptLoads(options, { path, sha256: '' })
  const ready = await k6Driver({ binary, script, thresholdsMs: [100, 300] }).prepare(loads, context)
  return { ready, answered: answered.promise }
}

test('what is left of counted iterations when their time is over is bad, by number', real, async (t) => {
  await using place = await realContext()
  const { ready } = await countedIterations(t, place.context)
  assert.deepEqual(await ready.start().done, { kind: 'completed' })
  const { counts, instrument, series } = readBack(place.recorded)
  assert.deepEqual(
    instrument.iterations.map(({ scenario, completed, dropped, interrupted }) => [
      ...[scenario, dropped > 900, completed + dropped + interrupted],
    ]),
    [
      ['each', true, 1000],
      ['shared', true, 1000],
    ],
  )
  for (const { scenario, dropped } of instrument.iterations) {
    assert.equal(counts[`iteration ${scenario} dropped`], dropped)
    const requests = series.filter((one) => one.measure === 'request' && one.scenario === scenario)
    const lost = requests.filter(({ outcome }) => outcome === 'dropped')
    const looks = lost.filter(({ name }) => name === 'look').reduce((sum, { count }) => sum + count, 0)
    assert.ok(Math.abs(looks - 2 * dropped) <= 0.1 * dropped, `${looks} of ${dropped}`)
    for (const { count, over } of lost) assert.deepEqual(over, { '100': count, '300': count })
  }
  const lines = place.recorded.evidence['load.ndjson'] as LoadSecond[]
  const lateLines = lines.filter(({ second }) => second > 1).flatMap((line) => line.series)
  assert.deepEqual(
    lateLines.filter(({ outcome }) => outcome === 'dropped'),
    [],
    'its load lasts two seconds',
  )
})

test("what is left of counted iterations when we stop k6 was nobody's fault", real, async (t) => {
  await using place = await realContext()
  const { ready, answered } = await countedIterations(t, place.context)
  const running = ready.start()
  await answered
  await running.stop('a person stopped the run')
  assert.deepEqual(await running.done, { kind: 'stopped', reason: 'a person stopped the run' })
  const { instrument } = readBack(place.recorded)
  assert.deepEqual(
    instrument.iterations.map(({ scenario, dropped, interrupted }) => [scenario, dropped, interrupted]),
    [
      ['each', 0, 0],
      ['shared', 0, 0],
    ],
  )
})

test('a target that hangs gives time-outs, each over every threshold', real, async (t) => {
  const environment = { ...(await serve(t, () => {})), TIMEOUT: '1s' }
  const load = {
    name: 'one',
    journey: 'journeys/one-request.k6.ts',
    ratePerSecond: 10,
    durationMs: 1000,
    requestTimeoutMs: 1000,
    environment,
  }
  const { counts, series } = await runLoad(binary, [load])
  assertDue(counts['request one timeout'] ?? 0, 10)
  assert.equal(counts['request one ok'], undefined)
  for (const { measure, count, over } of series)
    if (measure === 'request') assert.deepEqual(over, { '100': count, '300': count })
})

test('what is still in flight at the very end, of which k6 says nothing, is interrupted', real, async (t) => {
  const environment = { ...(await serve(t, () => {})), TIMEOUT: '60s' }
  const load = {
    name: 'one',
    journey: 'journeys/one-request.k6.ts',
    ratePerSecond: 10,
    durationMs: 1000,
    requestTimeoutMs: 1,
    environment,
  }
  const { counts, instrument } = await runLoad(binary, [load])
  assertDue(iterationsOf(instrument).interrupted, 10)
  assert.deepEqual(counts, {
    'iteration one interrupted': iterationsOf(instrument).interrupted,
    'request one interrupted': iterationsOf(instrument).interrupted,
  })
})

test(
  'a journey that throws every time completes nothing, and the first exception is kept',
  real,
  async () => {
    const load = { name: 'one', journey: 'journeys/throws.k6.ts', ratePerSecond: 10, durationMs: 1000 }
    const { outcome, counts, instrument } = await runLoad(binary, [load])
    assert.deepEqual(outcome, { kind: 'completed' })
    assert.equal(iterationsOf(instrument).completed, 0)
    assert.equal(counts['iteration one bad'], iterationsOf(instrument).threw)
    assert.deepEqual(Object.keys(counts), ['iteration one bad'])
    assert.match(instrument.firstException ?? '', /no such member/)
  },
)

test('an iteration that throws is bad, also in an async journey', real, async () => {
  const load = {
    name: 'one',
    journey: 'journeys/async-throws-every-other.k6.ts',
    ratePerSecond: 20,
    durationMs: 1000,
  }
  const { counts, instrument } = await runLoad(binary, [load])
  assert.equal(counts['iteration one bad'], iterationsOf(instrument).threw)
  assert.ok(Math.abs(iterationsOf(instrument).threw - iterationsOf(instrument).completed) <= 1)
})

test('K6_VUS in the environment of the caller has no effect', real, async (t) => {
  process.env['K6_VUS'] = '1'
  t.after(() => delete process.env['K6_VUS'])
  const environment = await serve(t, (_, response) => response.end())
  const load = {
    name: 'one',
    journey: 'journeys/one-request.k6.ts',
    ratePerSecond: 20,
    durationMs: 1000,
    environment,
  }
  const { counts } = await runLoad(binary, [load])
  assertDue(counts['request one ok'] ?? 0, 20)
})

test('several scenarios run side by side, each with its own rate and its own account', real, async (t) => {
  const environment = await serve(t, (_, response) => response.end())
  const common = { journey: 'journeys/one-request.k6.ts', durationMs: 2000, environment }
  const { series, instrument } = await runLoad(binary, [
    { name: 'slow', ratePerSecond: 0.5, ...common },
    { name: 'fast-one', ratePerSecond: 30, ...common },
    { ...common, name: 'throws', ratePerSecond: 10, journey: 'journeys/throws.k6.ts' },
  ])
  const iterations = (scenario: string) =>
    series
      .filter((one) => one.measure === 'iteration' && one.scenario === scenario)
      .reduce((n, one) => n + one.count, 0)
  assertDue(iterations('fast-one'), 60)
  assert.ok([1, 2].includes(iterations('slow')))
  assert.deepEqual(
    instrument.iterations.map((one) => [one.scenario, one.completed, one.threw]),
    [
      ['slow', iterations('slow'), 0],
      ['fast-one', iterations('fast-one'), 0],
      ['throws', 0, iterations('throws')],
    ],
  )
})

for (const [journey, words] of [
  ['broken/broken.k6.ts', /broken\.k6\.ts: Line 2:0 Expected identifier/],
  ['journeys/no-function.k6.ts', /no-function\.k6\.ts exports no default function/],
  ['journeys/missing.k6.ts', /missing\.k6\.ts/],
] as const)
  test(`a journey that k6 cannot load is refused with k6's words: ${journey}`, real, async () => {
    await using place = await realContext()
    const load = plannedLoad({ name: 'one', journey, ratePerSecond: 1, durationMs: 1000 })
    const refused = checkJourneys([load], binary, place.context)
    await assert.rejects(refused, { code: 'JOURNEY_UNLOADABLE', message: words })
  })

test('stopped early, what is in flight is left out, and what was measured is kept', real, async (t) => {
  await using place = await realContext()
  let answered = 0
  const hundred = Promise.withResolvers<void>()
  const environment = await serve(t, (_, response) => {
    if (answered === 100) return hundred.resolve()
    answered += 1
    response.end()
  })
  const load = plannedLoad({
    name: 'one',
    journey: 'journeys/one-request.k6.ts',
    ratePerSecond: 50,
    durationMs: 60_000,
    requestTimeoutMs: 10_000,
    environment,
  })
  const ready = await k6Driver({ binary, thresholdsMs: [300] }).prepare([load], place.context)
  const running = ready.start()
  await hundred.promise
  await running.stop('a person stopped the run')
  assert.deepEqual(await running.done, { kind: 'stopped', reason: 'a person stopped the run' })
  const { counts, instrument } = readBack(place.recorded)
  assert.deepEqual(counts, { 'request one ok': 100, 'iteration one ok': 100 })
  assert.equal(iterationsOf(instrument).interrupted, 0)
})

test('reading that falls behind is told by how much, and loses nothing', real, async (t) => {
  await using place = await realContext()
  const environment = await serve(t, (_, response) => response.end())
  const fixture = { name: 'one', journey: 'journeys/one-request.k6.ts', ratePerSecond: 50, durationMs: 4000 }
  let stalls = 1
  // The whole process stands still, the server with it, as when it is starved; only time goes on.
  const live = (): void => {
    if (stalls > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500)
    stalls -= 1
  }
  const nowUs = (): number => (performance.timeOrigin + performance.now()) * 1000
  const context = {
    ...place.context,
    clock: { ...place.context.clock, nowUs },
    log: { ...place.context.log, live },
  }
  const load = plannedLoad({ ...fixture, environment })
  const ready = await k6Driver({ binary, thresholdsMs: [300] }).prepare([load], context)
  assert.deepEqual(await ready.start().done, { kind: 'completed' })
  const { counts, instrument } = readBack(place.recorded)
  const lagsMs = (instrument.seconds ?? []).map(({ lagMs }) => lagMs)
  assert.ok(Math.max(...lagsMs) > 1000, `behind by ${lagsMs.join(', ')} ms`)
  assertDue(counts['iteration one ok'] ?? 0, 200)
  assert.deepEqual([instrument.gaps, instrument.unreadableRows, iterationsOf(instrument).dropped], [[], 0, 0])
})

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Compile } from 'typebox/compile'
import {
  type Measure,
  type Plan,
  type PlannedObjective,
  type PlannedSource,
  QueryPoints,
} from '../../../reports/run/index.ts'
import { fakeContext, until } from '../../../reports/run/testing.ts'
import { AVAILABLE, PLAN, runWith } from '../../../slo/judge/testing/run.ts'
import { knownUntilUs } from '../../../slo/sources/ask-source.ts'
import { phaseWindows, sampleOf } from '../../../slo/sources/index.ts'
import { createClock } from '../../process/clock.ts'
import { createHttp } from '../../process/http.ts'
import { lockPortBlock } from '../../process/ports.ts'
import { testFolder } from '../../process/testing/place.ts'
import { noPrometheus, startScraping, type TestPrometheus } from '../../testing/prometheus.ts'
import { askSources } from './ask-sources.ts'

const block = noPrometheus ? undefined : await lockPortBlock(10, 'the test of a real Prometheus')
after(() => block?.release())
const [port = 0, scrapes = 0] = block?.ports ?? []
const folder = testFolder()
const clock = createClock()
const http = createHttp()
const isAnswer = Compile(QueryPoints)

/** What the shop tells at this moment. */
const shop = { ok: 0, failed: 0, queue: 5 }

const told = (): readonly string[] => [
  '# TYPE requests_total counter',
  `requests_total{code="200"} ${shop.ok}`,
  `requests_total{code="500"} ${shop.failed}`,
  '# TYPE queue_depth gauge',
  `queue_depth ${shop.queue}`,
]

let prometheus: TestPrometheus | undefined
let source: PlannedSource
/** what happened from second 0 to the end */
const span = { startUs: 0, endUs: 0 }

async function scrapedSince(sinceUs: number): Promise<void> {
  await until('all is scraped', async () => ((await knownUntilUs(source, http)) ?? 0) > sinceUs, 30_000)
}

/** From its first scrape for longer than a second: some point sees it. */
async function held(change: Partial<typeof shop>): Promise<void> {
  Object.assign(shop, change)
  await scrapedSince(clock.nowUs())
  await scrapedSince(clock.nowUs() + 1e6)
}

/** Whether there is no gap in it: a scrape that a busy machine answers too late is one. */
async function recordedWhole(): Promise<boolean> {
  await held({ ok: 1000, failed: 10, queue: 5 })
  span.startUs = clock.nowUs()
  await held({ ok: 1270, failed: 40 }) // 270 good ones more, 30 bad ones
  await held({ ok: 0, failed: 0, queue: 50 }) // started again
  await held({ ok: 80, failed: 20 })
  span.endUs = clock.nowUs()
  return !(await answersTo('up'))[0]?.points.some(([, up]) => up === 0)
}

const query = (name: string, more: Partial<Measure> = {}): Measure => ({
  measure: 'query',
  name,
  source: 'metrics',
  ...more,
})

async function answersTo(...queries: readonly string[]): Promise<QueryPoints[]> {
  const objectives = queries.map((name): PlannedObjective => ({ ...AVAILABLE, total: query(name) }))
  const { context, recorded } = fakeContext({ clock })
  const plan: Plan = { ...PLAN, objectives, sources: [source] }
  await askSources(plan, span, { ...context, http })
  return recorded.evidence['queries.ndjson'].map((line) => {
    assert.ok(isAnswer.Check(line))
    return line
  })
}

/** 400 requests of which 50 failed, and one point more that may be as bad or as good as can be. */
const restarted = (usual: number) => ({
  events: Math.round(400 + usual),
  bad: { least: 50, most: Math.ceil(50 + usual - 1e-6) },
})

/** What the judge counts of an objective in the whole time. */
async function counted(measures: Pick<PlannedObjective, 'total' | 'good' | 'bad'>) {
  const { total, good, bad } = measures
  const queries = await answersTo(...new Set([total, good, bad].flatMap((one) => one?.name ?? [])))
  const durationMs = 1000 * Math.ceil((span.endUs - span.startUs) / 1e6)
  const open = { name: 'open', startMs: 0, durationMs, judged: true, load: true, experiments: [], audits: [] }
  const journal = [{ schema: 'gauntlet/journal/1', kind: 'second-zero', atUs: span.startUs } as const]
  const record = runWith({ plan: { ...PLAN, phases: [open] }, journal, queries })
  const { good: _, ...objective } = AVAILABLE
  const sample = sampleOf({ ...objective, ...measures }, record, phaseWindows(record.plan, journal))
  return { events: sample.events, bad: sample.bad, note: sample.note }
}

describe('a real Prometheus', { skip: noPrometheus }, () => {
  before(async () => {
    prometheus = await startScraping({ folder: join(folder, 'prometheus'), port, scrapes, told })
    source = prometheus.source
    await until('no scrape was late', recordedWhole, 180_000)
  })
  after(() => prometheus?.stop())

  test('counters are counted by what they grew; of the point in which their process restarts nothing is known', async () => {
    const total = query('sum(requests_total)', { counter: true })
    const good = query('sum(requests_total{code="200"})', { counter: true })
    const bad = query('sum(requests_total{code="500"})', { counter: true })
    for (const measures of [
      { total, good },
      { total, bad },
    ]) {
      const { events, bad, note } = await counted(measures)
      const [, points] = /^1 of (\d+) points could not be read\.$/.exec(note) ?? []
      const usual = 400 / (Number(points) - 1)
      assert.deepEqual({ events, bad }, restarted(usual), note)
    }
  })

  test('a gauge is read at each second, in time order', async () => {
    const [answer] = await answersTo('queue_depth')
    const seconds = Math.floor((Math.floor(span.endUs / 1e3) - Math.ceil(span.startUs / 1e3)) / 1e3)
    assert.equal(answer?.error, null)
    assert.equal(answer.points.length, seconds + 1)
    const values = answer.points.map(([, value]) => value)
    assert.deepEqual(new Set(values), new Set([5, 50]))
    assert.deepEqual(
      values,
      values.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    )
    const [first, second] = answer.points
    assert.ok(first && second && second[0] - first[0] === 1_000_000 && first[0] - span.startUs < 1000)
    const limit = { op: 'lte', value: 10 } as const
    const sample = await counted({ total: query('queue_depth'), good: query('queue_depth', { limit }) })
    const full = values.filter((one) => one === 50).length
    assert.deepEqual(sample, { events: values.length, bad: { most: full, least: full }, note: '' })
  })

  test('a ratio that was computed there has no number where nothing was asked', async () => {
    const [answer] = await answersTo('sum(requests_total{code="200"}) / sum(requests_total)')
    const values = new Set(answer?.points.map(([, value]) => value))
    assert.deepEqual(values, new Set([1000 / 1010, 1270 / 1310, null, 0.8]))
  })

  test('a source that has no such series has no data, and no error', async () => {
    const [answer] = await answersTo('sum(orders_total)')
    assert.deepEqual([answer?.points, answer?.error], [[], null])
    assert.match((await counted({ total: query('sum(orders_total)') })).note, /./)
  })

  test('several series, and a mistake in the query, are said in words', async () => {
    const [several, mistake] = await answersTo('requests_total', 'sum(')
    assert.equal(
      several?.error,
      'requests_total gave 2 series, and one is needed, such as sum(requests_total)',
    )
    assert.match(mistake?.error ?? '', /^bad_data: 1:5: parse error/)
  })

  test('each query is asked once, however many objectives ask it', async () => {
    assert.equal((await answersTo('up', 'queue_depth', 'up')).length, 2)
  })

  test('what happened just before the end is waited for', async () => {
    const isSeen = async (queue: number): Promise<boolean> => {
      Object.assign(shop, { queue })
      span.endUs = clock.nowUs() + 2e6 // its last point lies in the second half, and may be seen when that is over
      const [answer] = await answersTo('queue_depth')
      return answer?.points.at(-1)?.[1] === queue
    }
    const depths = [7, 8, 9, 10]
    // again where a busy machine scraped too late
    for (const depth of depths) if (await isSeen(depth)) return
    assert.fail(`none of ${depths} was its last`)
  })

  test('one that is not there is said in words, and not waited for', async () => {
    source = { ...source, url: `http://127.0.0.1:${block?.ports[2]}` }
    const [answer] = await answersTo('up')
    assert.match(answer?.error ?? '', /ECONNREFUSED/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type {
  HttpReply,
  JournalFact,
  LoadSecond,
  Plan,
  PlannedObjective,
} from '../../../../reports/run/index.ts'
import { fakeClock, fakeContext } from '../../../../reports/run/testing.ts'
import { AVAILABLE, PLAN, steadyLoad, ZERO_US } from '../../../../slo/judge/testing/run.ts'
import { objectiveAsker } from './ask-objective.ts'
import { evidenceSoFar } from './evidence-so-far.ts'

/** A hundred iterations a second end, but for those still under way. */
const withIterations = (load: readonly LoadSecond[], underWay = (_: number) => 0): LoadSecond[] =>
  load.map((line) => ({
    ...line,
    series: [
      ...line.series,
      {
        ...{ measure: 'iteration', scenario: 'search', name: 'search', outcome: 'ok' },
        ...{ count: 100 - underWay(line.second), over: {}, sketch: [] },
      },
    ],
  }))

const fine = withIterations(steadyLoad({ slow: 1 }))

/** A run at so many ms after second 0; lines of the load come as they are written down. */
async function running(
  nowMs: number,
  load: readonly LoadSecond[],
  more: { plan?: Plan; reply?: HttpReply } = {},
) {
  const clock = fakeClock(ZERO_US + nowMs * 1000)
  const stop = new AbortController()
  const { context, recorded } = fakeContext({
    ...{ clock, signal: stop.signal },
    reply: () => more.reply ?? { status: null, reason: 'nobody' },
  })
  const plan = more.plan ?? PLAN
  const { recorder, record } = evidenceSoFar(plan, context)
  await recorder.journal({ kind: 'second-zero' }, ZERO_US)
  const writes = async (lines: readonly LoadSecond[]): Promise<void> => {
    for (const line of lines) await recorder.evidence('load.ndjson', line)
  }
  await writes(load)
  const journals = (fact: JournalFact): Promise<void> => recorder.journal(fact)
  return { ask: objectiveAsker(plan, record, context), clock, stop, writes, journals, recorded }
}

describe('an objective asked while the run goes on', () => {
  it('is met by the last seconds that are known', async () => {
    const { ask } = await running(45_000, fine.slice(0, 41))
    const { verdict, seen } = await ask('search', 16_000)
    assert.equal(verdict, 'met', seen)
    assert.match(seen, /^Search was [\d.]+ ms \(.*\), from 0:25 to 0:41$/)
  })

  it('is violated when these are', async () => {
    const slow = withIterations(steadyLoad({ slow: 30 }))
    const { ask } = await running(45_000, [...fine.slice(0, 20), ...slow.slice(20, 41)])
    assert.equal((await ask('search', 20_000)).verdict, 'violated')
  })

  it('is inconclusive, and no error, where nothing was written down', async () => {
    const { ask } = await running(45_000, [])
    const { verdict, seen } = await ask('search', 16_000)
    assert.equal(verdict, 'inconclusive')
    assert.match(seen, /1,599 iterations of that time were still under way/)
  })

  it('is not met by those that ended when others hang', async () => {
    const hanging = withIterations(steadyLoad({ slow: 0 }), (second) => (second > 35 ? 60 : 0))
    const { ask } = await running(45_000, hanging.slice(0, 41))
    const { verdict, seen } = await ask('search', 16_000)
    assert.equal(verdict, 'inconclusive')
    assert.match(seen, /299 iterations of that time were still under way/)
  })

  it('goes on with the clock when the stream stands still', async () => {
    const { ask } = await running(45_000, fine.slice(0, 30))
    assert.match((await ask('search', 16_000)).seen, /from 0:23 to 0:39$/)
  })

  it('is not known of seconds that were not to be judged', async () => {
    const phases = PLAN.phases.map((one) => (one.name === 'baseline' ? { ...one, judged: false } : one))
    const { ask } = await running(50_000, fine.slice(0, 46), { plan: { ...PLAN, phases } })
    assert.deepEqual(await ask('search', 16_000), {
      verdict: 'inconclusive',
      seen: 'the load was on, in phases that are judged, for 1 s of these',
    })
  })

  it('waits for the seconds after a moment, and counts none before it', async () => {
    const bad = withIterations(steadyLoad({ slow: 100 }))
    const { ask, clock, writes } = await running(75_400, bad.slice(0, 72))
    const answer = ask('search', 16_000, ZERO_US + 75_400_000)
    let answered = false
    void answer.then(() => {
      answered = true
    })
    await writes([...bad.slice(72, 76), ...fine.slice(76, 91)])
    await clock.advance(19_000)
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(answered, false, 'one second is missing')
    await writes(fine.slice(91, 92))
    await clock.advance(200)
    const { verdict, seen } = await answer
    assert.equal(verdict, 'met', seen)
    assert.match(seen, /from 1:16 to 1:32$/)
  })

  it('begins after the time in which what a fault held up is worked off', async () => {
    const phases = PLAN.phases.map((one) => (one.name === 'worker-lost' ? { ...one, judged: false } : one))
    const { ask } = await running(98_000, fine, { plan: { ...PLAN, phases } })
    assert.match((await ask('search', 16_000, ZERO_US + 60_000_000)).seen, /from 1:15 to 1:31$/)
  })

  it('is not waited for when the run is stopped', async () => {
    const { ask, stop } = await running(75_400, fine.slice(0, 72))
    const answer = ask('search', 16_000, ZERO_US + 75_400_000)
    stop.abort(new Error('Ctrl-C'))
    assert.equal((await answer).seen, 'the run was stopped before it could be known')
  })

  it('is not known when the load ends first', async () => {
    const { ask, journals, clock } = await running(85_000, fine)
    const answer = ask('search', 16_000, ZERO_US + 85_000_000)
    await journals({ kind: 'load-ended' })
    await clock.advance(200)
    assert.match((await answer).seen, /for 10 s of these$/)
  })

  it('counts a trickle of events as too few', async () => {
    const { ask } = await running(45_000, fine.slice(0, 41))
    const { verdict, seen } = await ask('available', 16_000)
    assert.equal(verdict, 'inconclusive')
    assert.match(seen, /1,600 requests cannot decide it/)
  })
})

describe('an objective of a data source', () => {
  const limit = { op: 'lte', value: 10 } as const
  const total = { measure: 'query', name: 'queue_depth', source: 'metrics' } as const
  const queue: PlannedObjective = { ...AVAILABLE, name: 'queue', total, good: { ...total, limit } }
  const objective = { ...queue, targetRatio: 0.5, noun: 'points' }
  const source = { name: 'metrics', type: 'Prometheus', url: 'http://127.0.0.1:1' } as const
  const plan: Plan = { ...PLAN, load: [], objectives: [], probed: [objective], sources: [source] }
  const answer = (values: readonly (readonly [number, string])[]): HttpReply => ({
    status: 200,
    body: { status: 'success', data: { resultType: 'matrix', result: [{ values }] } },
  })
  const points = (value: string) =>
    Array.from({ length: 20 }, (_, n) => [ZERO_US / 1e6 - 18 + n, value] as const)

  it('is judged by what it says of the time until now, with no load and before the run began', async () => {
    for (const [value, verdict] of [
      ['5', 'met'],
      ['50', 'violated'],
    ] as const) {
      const { ask, recorded } = await running(2_000, [], { plan, reply: answer(points(value)) })
      assert.equal((await ask('queue', 20_000)).verdict, verdict)
      const asked = recorded.requests
        .map(({ url }) => new URL(url))
        .find(({ pathname }) => /range/.test(pathname))
      assert.deepEqual(
        ['start', 'end'].map((name) => Number(asked?.searchParams.get(name)) - ZERO_US / 1e6),
        [-18, 2],
      )
    }
  })

  it('is inconclusive when it says nothing, or nobody answers', async () => {
    for (const reply of [answer([]), { status: null, reason: 'connect ECONNREFUSED' } as const]) {
      const { ask } = await running(2_000, [], { plan, reply })
      const { verdict, seen } = await ask('queue', 20_000)
      assert.equal(verdict, 'inconclusive', seen)
    }
  })
})

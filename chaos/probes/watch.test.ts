import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type FakeClock, fakeClock } from '../../reports/run/testing.ts'
import { planned, sceneWith } from './testing.ts'
import { firstInARow, type Reading, watchProbe } from './watch.ts'

const probe = planned({ objective: { name: 'slo', over: '30s' } })
const START_US = 1_800_000_000_000_000

/** A clock that jumps to the end of whatever is waited for. */
function jumpingClock(): FakeClock {
  const clock = fakeClock(START_US)
  return { ...clock, wait: async (ms, signal) => signal?.throwIfAborted() ?? clock.advance(ms) }
}

/** A platform whose answer takes so many ms and is met or not, question by question; the last stays. */
function platform(...answers: readonly { tookMs: number; met: boolean }[]) {
  const clock = jumpingClock()
  const counts = { asked: 0, atOnce: 0, mostAtOnce: 0 }
  const objectives = async () => {
    const { tookMs, met } = answers[Math.min(counts.asked, answers.length - 1)]!
    counts.asked += 1
    counts.atOnce += 1
    counts.mostAtOnce = Math.max(counts.mostAtOnce, counts.atOnce)
    await clock.advance(tookMs)
    counts.atOnce -= 1
    return { verdict: met ? 'met' : 'violated', seen: '' } as const
  }
  return { scene: sceneWith({ objectives }, { clock }).scene, clock, counts }
}

const quick = { tookMs: 0, met: true }
const atMs = ({ atUs }: Reading): number => (atUs - START_US) / 1000

async function all(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const read: Reading[] = []
  for await (const reading of readings) read.push(reading)
  return read
}

const never = new AbortController().signal

describe('a watched probe', () => {
  it('is asked at once, then on each beat, to the end', async () => {
    const { scene } = platform(quick)
    const readings = await all(watchProbe(probe, { everyMs: 100, forMs: 300, scene }, never))
    assert.deepEqual(readings.map(atMs), [0, 100, 200, 300])
    assert.ok(readings.every(({ held, value }) => held && value === 'met'))
  })

  it('misses beats while an answer is under way, and is never asked twice at once', async () => {
    const { scene, counts } = platform(quick, { tookMs: 250, met: false }, quick)
    const readings = await all(watchProbe(probe, { everyMs: 100, forMs: 500, scene }, never))
    assert.deepEqual(readings.map(atMs), [0, 100, 400, 500])
    assert.deepEqual(readings[1]?.answeredAtUs, START_US + 350_000)
    assert.equal(counts.mostAtOnce, 1)
  })

  it('asks nothing ahead of its reader', async () => {
    const { scene, clock, counts } = platform(quick)
    const times: number[] = []
    for await (const reading of watchProbe(probe, { everyMs: 100, forMs: 1000, scene }, never)) {
      times.push(atMs(reading))
      assert.equal(counts.asked, times.length)
      await clock.advance(450)
    }
    assert.deepEqual(times, [0, 500, 1000])
  })

  it('is asked no more often than each 10 ms', async () => {
    const { scene } = platform(quick)
    const readings = await all(watchProbe(probe, { everyMs: 0, forMs: 30, scene }, never))
    assert.deepEqual(readings.map(atMs), [0, 10, 20, 30])
  })

  it('ends with the signal, and gives no reading of the question that was under way', async () => {
    const stop = new AbortController()
    const { scene, counts } = platform(quick)
    const objectives = async (name: string, overMs: number) => {
      if (counts.asked === 2) stop.abort()
      return scene.objectives!(name, overMs)
    }
    const watched = watchProbe(probe, { everyMs: 100, scene: { ...scene, objectives } }, stop.signal)
    assert.deepEqual((await all(watched)).map(atMs), [0, 100])
  })

  it('ends in the middle of a wait when the signal comes', async () => {
    const stop = new AbortController()
    const { scene } = platform(quick)
    const context = { ...scene.context, clock: fakeClock(START_US) }
    const watched = watchProbe(probe, { everyMs: 1000, scene: { ...scene, context } }, stop.signal)
    assert.equal((await watched.next()).done, false)
    const next = watched.next()
    stop.abort()
    assert.equal((await next).done, true)
  })

  it('is not asked at all when the signal came before', async () => {
    const { scene, counts } = platform(quick)
    assert.deepEqual(await all(watchProbe(probe, { everyMs: 100, scene }, AbortSignal.abort())), [])
    assert.equal(counts.asked, 0)
  })
})

describe('the first in a row', () => {
  const met = { tookMs: 5, met: true }
  const violated = { tookMs: 5, met: false }
  const first = async (answers: readonly (typeof met)[], wanted: { held: boolean; times: number }) => {
    const { scene } = platform(...answers)
    const reading = await firstInARow(watchProbe(probe, { everyMs: 100, forMs: 1000, scene }, never), wanted)
    return reading && atMs(reading)
  }

  it('is where recovery began that lasted, not a flicker before it', async () => {
    assert.equal(await first([violated, met, violated, met], { held: true, times: 3 }), 300)
    assert.equal(await first([violated, met, violated, met], { held: true, times: 1 }), 100)
  })

  it('is where a guard finds that it no longer holds', async () => {
    assert.equal(await first([met, violated, met, violated], { held: false, times: 2 }), 300)
  })

  it('is nothing when the readings end before', async () => {
    assert.equal(await first([met, violated], { held: true, times: 2 }), undefined)
    assert.equal(await first([violated], { held: true, times: 1 }), undefined)
  })
})

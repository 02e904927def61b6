import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SelfWatch } from './self-watch.ts'

const ZERO_US = 1_795_232_000_000_000

/** A place where time passes as the test says. */
function vantage() {
  const place = { ms: 0, wallAheadMs: 0, delayMs: 0 as number | null }
  const watch = new SelfWatch({
    nowUs: () => ZERO_US + place.ms * 1000,
    wallMs: () => Math.floor(ZERO_US / 1000 + place.ms + place.wallAheadMs),
    schedulerDelayMs: () => place.delayMs,
  })
  watch.start()
  const passed = (from: number, to: number, rowMs: number) =>
    watch.passed({ from, to, rowAtUs: ZERO_US + rowMs * 1000 })
  return { place, watch, passed }
}

test('a generator that had to wait for a processor is seen to have waited, by the share of the time', () => {
  const { place, watch, passed } = vantage()
  Object.assign(place, { ms: 1000, delayMs: 20 })
  passed(0, 1, 1000)
  Object.assign(place, { ms: 3000, delayMs: 1020 })
  passed(1, 2, 3000)
  assert.deepEqual(
    watch.seconds([]).map(({ runQueueRatio }) => runQueueRatio),
    [0.02, 0.5],
  )
})

test('where nobody tells of the waiting, nothing is said of it', () => {
  const { place, watch, passed } = vantage()
  Object.assign(place, { ms: 1000, delayMs: null })
  passed(0, 1, 1000)
  Object.assign(place, { ms: 2000, delayMs: 5 })
  passed(1, 2, 2000)
  assert.deepEqual(
    watch.seconds([]).map(({ runQueueRatio }) => runQueueRatio),
    [null, null],
  )
})

test('reading is behind by what a row is older than k6 may hold it back', () => {
  const { place, watch, passed } = vantage()
  place.ms = 1150
  passed(0, 1, 1000)
  place.ms = 9000
  passed(1, 2, 2000)
  assert.deepEqual(
    watch.seconds([]).map(({ lagMs }) => lagMs),
    [0, 6800],
  )
})

test('a clock that was set is told by how far, and one that only counts in milliseconds has not stepped', () => {
  const { place, watch, passed } = vantage()
  for (const [second, wallAheadMs] of [0.4, -0.9, 60, 60.3, -3600_000].entries()) {
    Object.assign(place, { ms: 1000.7 * (second + 1), wallAheadMs })
    passed(second, second + 1, place.ms)
  }
  const steps = watch.seconds([]).map(({ clockStepMs }) => clockStepMs)
  assert.deepEqual(
    steps.map((ms) => Math.round(ms / 10) * 10),
    [0, 0, 60, 0, -3600_060],
  )
  assert.deepEqual([steps[0], steps[1], steps[3]], [0, 0, 0])
})

test('seconds that passed at once are each told, with the starts of each; but not those of a year', () => {
  const { watch, passed } = vantage()
  passed(0, 3, 3000)
  const starts = { starts: 10, lateStarts: 1, startLatenessP99Ms: 12 }
  const seen = watch.seconds([{ second: 1, ...starts }])
  assert.deepEqual(
    seen.map((one) => [one.second, one.starts, one.lateStarts, one.startLatenessP99Ms]),
    [
      [0, 0, 0, null],
      [1, 10, 1, 12],
      [2, 0, 0, null],
    ],
  )
  passed(3, 31_536_000, 3000)
  assert.ok(watch.seconds([]).length < 5000)
})

test('starts of the second in which the stream ended are told, though it had not passed', () => {
  const { place, watch, passed } = vantage()
  place.ms = 1000
  passed(0, 1, 1000)
  const starts = [0, 1].map((second) => ({ second, starts: 5, lateStarts: 0, startLatenessP99Ms: 1 }))
  assert.deepEqual(
    watch.seconds(starts).map((one) => [one.second, one.starts, one.runQueueRatio]),
    [
      [0, 5, 0],
      [1, 5, null],
    ],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StartLateness } from './start-lateness.ts'

test('a second tells how many started, how many late, and the p99 of its latest scenario', () => {
  const lateness = new StartLateness(10)
  for (let ms = 1; ms <= 100; ms += 1) lateness.started(0, 'even', ms / 10)
  for (const ms of [0, 10, 10.1, 300]) lateness.started(0, 'late', ms)
  lateness.started(2, 'even', 1)
  assert.deepEqual(lateness.all(), [
    { second: 0, starts: 104, lateStarts: 2, startLatenessP99Ms: 300 },
    { second: 2, starts: 1, lateStarts: 0, startLatenessP99Ms: 1 },
  ])
})

test('a second is summed up only once it has passed', () => {
  const lateness = new StartLateness(10)
  lateness.started(0, 's', 1)
  lateness.started(1, 's', 2)
  lateness.close(1)
  lateness.started(1, 's', 30)
  assert.deepEqual(
    lateness.all().map(({ second, starts }) => [second, starts]),
    [
      [0, 1],
      [1, 2],
    ],
  )
})

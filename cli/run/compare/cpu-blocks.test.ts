import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '../../../reports/run/index.ts'
import { readCpuBlocks } from './cpu-blocks.ts'
import { blocksOf, drawSchedule } from './schedule.ts'

const schedule = drawSchedule({ seed: 1, pairs: 30, blockMs: 1_000 })
const { signal } = new AbortController()

/** Waits take no time and end when they should, but for those that `late` makes longer. */
function steppingClock(late: (atMs: number) => number): Clock {
  let nowMs = Date.now()
  const startMs = nowMs
  return {
    nowUs: () => nowMs * 1000,
    wait: async (ms) => {
      nowMs += ms
      nowMs += late(nowMs - startMs)
    },
  }
}

async function read(late: (atMs: number) => number = () => 0) {
  const clock = steppingClock(late)
  const told: number[] = []
  const cpu = await readCpuBlocks(
    {
      schedule,
      zeroUs: clock.nowUs(),
      processes: { base: [], head: [] },
      onBlock: ({ index }) => told.push(index),
    },
    { clock, signal },
  )
  return { ...cpu, told }
}

test('each block but the first, whose beginning was over when it was known, has a reading at both ends', async () => {
  const { seconds, told } = await read()
  assert.deepEqual(told, [...blocksOf(schedule).keys()])
  assert.equal(seconds[0], null)
  assert.ok(seconds.slice(1).every((one) => one === 0))
})

test('a reading that comes after the next block began spoils the blocks on both of its sides, and no other', async () => {
  // the bound between the blocks 9 and 10
  const { seconds } = await read((atMs) => (atMs > 9_900 && atMs < 9_999 ? 80 : 0))
  assert.deepEqual(
    seconds.flatMap((one, index) => (one === null ? [index] : [])),
    [0, 9, 10],
  )
})

test('a reading that is late but within the rest spoils nothing', async () => {
  const { seconds } = await read((atMs) => (atMs > 9_900 && atMs < 9_999 ? 30 : 0))
  assert.equal(seconds.filter((one) => one === null).length, 1)
})

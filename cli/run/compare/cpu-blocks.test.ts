import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '../../../reports/run/index.ts'
import { identify } from '../../process/identity.ts'
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

/** The blocks whose CPU time is not known. */
const unknownIn = (seconds: readonly (number | null)[]): number[] =>
  seconds.flatMap((one, index) => (one === null ? [index] : []))

test('each pair but the first, whose beginning was over when it was known, has a reading at both ends', async () => {
  const { seconds, told } = await read()
  assert.deepEqual(told, [...blocksOf(schedule).keys()])
  assert.deepEqual(unknownIn(seconds), [0, 1])
  assert.ok(seconds.slice(2).every((one) => one === 0))
})

test('a reading that comes after the next pair began spoils the pairs on both of its sides, and no other', async () => {
  // the bound between the blocks 9 and 10
  const { seconds } = await read((atMs) => (atMs > 9_900 && atMs < 9_999 ? 80 : 0))
  assert.deepEqual(unknownIn(seconds), [0, 1, 8, 9, 10, 11])
})

test('a reading that is late but within the rest spoils nothing', async () => {
  const { seconds } = await read((atMs) => (atMs > 9_900 && atMs < 9_999 ? 30 : 0))
  assert.deepEqual(unknownIn(seconds), [0, 1])
})

test('nothing is read within a pair, so being late there spoils nothing', async () => {
  // the bound between the blocks 8 and 9
  const { seconds } = await read((atMs) => (atMs > 8_900 && atMs < 8_999 ? 80 : 0))
  assert.deepEqual(unknownIn(seconds), [0, 1])
})

const skip = process.platform === 'linux' ? false : 'only Linux tells the CPU time of threads'

test("what a side burns in the turn of the other is its own, and not the other one's", { skip }, async () => {
  const short = drawSchedule({ seed: 1, pairs: 1, blockMs: 1_000 })
  const clock = steppingClock(() => 0)
  const other = blocksOf(short).find(({ index, side }) => index === 5 && side === 'base') ? 'head' : 'base'
  const processes = { base: [], head: [], [other]: [identify(process.pid)!] }
  const onBlock = ({ index }: { readonly index: number }): void => {
    if (index === 5) burn(50)
  }
  const options = { schedule: short, zeroUs: clock.nowUs(), processes, onBlock }
  const { seconds } = await readCpuBlocks(options, { clock, signal })
  const [own, others] = [seconds[4] ?? 0, seconds[5] ?? 0]
  assert.ok(own > 0.045, `${own} s`)
  assert.equal(others, 0)
})

function burn(ms: number): void {
  const before = process.threadCpuUsage()
  for (;;) {
    const { user, system } = process.threadCpuUsage(before)
    if (user + system >= ms * 1000) return
  }
}

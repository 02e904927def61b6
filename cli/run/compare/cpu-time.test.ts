import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CpuTime, cpuSecondsBetween } from './cpu-time.ts'

/** Readings of a process of which one thread burns 400 ms in each pair, and what ends meanwhile `endedMs`. */
const readings = (pairs: number, endedMs: number): CpuTime[] =>
  Array.from({ length: pairs + 1 }, (_, n) => ({
    threadsNs: new Map([['1 1 1', n * 400e6]]),
    ticks: Math.floor((n * (400 + endedMs)) / 10),
    processes: 1,
  }))

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)

test('what ends meanwhile counts, though in each pair it is less than ticks can tell', () => {
  const seconds = cpuSecondsBetween(readings(30, 15))
  assert.ok(Math.abs(sum(seconds) - 30 * 0.415) < 0.02, `${sum(seconds)}`)
  assert.ok(seconds.every((one) => one >= 0.41 && one <= 0.42))
})

test('ticks that are cut, and a thread that ended by the way, leave the nanoseconds be', () => {
  for (const endedMs of [0, 1])
    assert.deepEqual(cpuSecondsBetween(readings(30, endedMs)), Array(30).fill(0.4))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lapsedFor } from './lapse.ts'

const look = (atMs: number, held: boolean, tookMs = 0) => ({
  held,
  atUs: atMs * 1000,
  answeredAtUs: (atMs + tookMs) * 1000,
})

test('what has not held for the whole length of time has lapsed, and no sooner', () => {
  const hasLapsed = lapsedFor(1000)
  const looks = [look(0, true), look(500, false), look(1000, false), look(1499, false), look(1500, false)]
  assert.deepEqual(looks.map(hasLapsed), [false, false, false, false, true])
})

test('one look at which it holds begins the time anew', () => {
  const hasLapsed = lapsedFor(1000)
  const looks = [look(0, false), look(900, true), look(1000, false), look(1900, false), look(2000, false)]
  assert.deepEqual(looks.map(hasLapsed), [false, false, false, false, true])
})

test('an answer that takes as long, and does not hold, has lapsed at once', () => {
  assert.equal(lapsedFor(1000)(look(0, false, 1000)), true)
  assert.equal(lapsedFor(1000)(look(0, true, 5000)), false)
})

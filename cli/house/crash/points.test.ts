import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crashPoint, FAULTS, HOW, WHEN, WHO } from './points.ts'

const ALL = FAULTS.length * WHO.length * WHEN.length * HOW.length
const named = (index: number) => {
  const { fault, who, when, how } = crashPoint(7, index)
  return `${fault} ${who} ${when} ${how}`
}

test('every combination comes once before any comes again', () => {
  const seen = new Set(Array.from({ length: ALL }, (_, index) => named(index)))
  assert.equal(seen.size, ALL)
  assert.equal(named(ALL), named(0))
})

test('any 60 in a row have every fault, moment and way in them', () => {
  for (let from = 0; from < ALL; from += 60) {
    const points = Array.from({ length: 60 }, (_, n) => crashPoint(7, from + n))
    for (const [key, all] of [
      ['fault', FAULTS],
      ['who', WHO],
      ['when', WHEN],
      ['how', HOW],
    ] as const)
      assert.equal(new Set(points.map((one) => one[key])).size, all.length, `${key} from ${from}`)
  }
})

test('the same seed gives the same points again', () =>
  assert.deepEqual(crashPoint(3, 41), crashPoint(3, 41)))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whyTooShort, whyUnreached } from './reach.ts'
import { journalUntil, LOST, PAGE, runWith, SEARCH } from './testing/run.ts'

const recovery = (lengthS: number, delayed: boolean) => [
  { phase: 'recovery', fromSecond: 80, toSecond: 80 + lengthS, delayed, faulted: false },
]

test('15 s left by a fault are too short', () => {
  assert.equal(whyTooShort(SEARCH, recovery(15, true)), 'The fault left 15 s of recovery; 16 s are needed.')
})
test('16 s left by a fault are enough', () => assert.equal(whyTooShort(SEARCH, recovery(16, true)), ''))
test('a phase that is short by its plan is not the fault of a fault', () => {
  assert.equal(whyTooShort(SEARCH, recovery(5, false)), '')
})
test('page visits need no length', () => {
  assert.equal(whyTooShort({ ...PAGE, phases: ['recovery'] }, recovery(5, true)), '')
})
test('an objective is unreached only by its own phases, a census by any under load', () => {
  const record = runWith({ journal: journalUntil(80_000), complete: false })
  assert.equal(whyUnreached({ ...SEARCH, phases: ['baseline'] }, record), '')
  assert.equal(whyUnreached(SEARCH, record), 'The run ended before the end of recovery.')
  assert.equal(whyUnreached(LOST, record), 'The run ended before the end of recovery.')
})

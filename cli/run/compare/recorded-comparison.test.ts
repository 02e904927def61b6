import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StopReason } from '../execute/stop.ts'
import { outcomeOf } from './recorded-comparison.ts'

const person: StopReason = { by: 'person', reason: 'Ctrl-C' }
const machinery: StopReason = { by: 'machinery', reason: 'the disk is full' }
const failure = new Error('it failed')

const ENDS = [
  ['measured to its end', { failure: undefined, measured: 'completed' }, undefined, 'completed'],
  ['stopped after its end', { failure: undefined, measured: 'completed' }, person, 'completed'],
  ['stopped before its end', { failure: undefined, measured: 'interrupted' }, person, 'interrupted'],
  ['stopped before there was a load', { failure, measured: undefined }, person, 'interrupted'],
  ['of which a side never got ready', { failure, measured: undefined }, undefined, 'failed'],
  ['that could not be written any more', { failure, measured: 'interrupted' }, machinery, 'failed'],
] as const
for (const [what, ended, reason, outcome] of ENDS)
  test(`the journal calls a comparison ${what} ${outcome}`, () => {
    assert.equal(outcomeOf(ended, { reason }), outcome)
  })

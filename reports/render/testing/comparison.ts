import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import { Comparison } from '../../run/comparison.ts'

const recorded: unknown = JSON.parse(
  readFileSync(new URL('../../golden/comparison-regression/comparison.json', import.meta.url), 'utf8'),
)
assert.ok(Compile(Comparison).Check(recorded))

/** A golden one, in which the head is a regression. */
export const REGRESSION: Comparison = recorded

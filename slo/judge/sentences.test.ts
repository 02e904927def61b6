import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.ts'
import { openWords, whyOpen } from './sentences.ts'
import { runWith, SEARCH } from './testing/run.ts'

const [search] = judge(runWith(), [SEARCH]).objectives
const REFUSAL = 'There are too few seconds to see how its events hang together.'
const open = {
  figures: { ...search!, events: 60 },
  ...{ kept: false, broken: () => false, needs: () => null, note: '', refusal: REFUSAL },
}

test('too few events in too few seconds: both are said, or the length that would decide has no reason', () => {
  const why = whyOpen(open, 0.025)
  assert.equal(why, `60 requests cannot decide it; 72 could, with none bad. ${REFUSAL}`)
  assert.match(
    openWords(open.figures, why),
    / ms \(.*\); 60 requests cannot decide it; 72 could, with none bad$/,
  )
})

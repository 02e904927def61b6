import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lowerBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import type { TrialResult } from '../proof-model.ts'
import { proof, sharesOf } from './outcomes.ts'

const TRIALS = 30

test('a sample of the proof: within what a verdict states it is seldom wrong, and far beyond it often is', async () => {
  const results: TrialResult[] = []
  for (let n = 0; n < TRIALS; n += 1) results.push(await proof.trial(proof.seed + n, n))
  const cells = sharesOf(results).filter(({ truth }) => truth > 0.5)
  const patterns = Map.groupBy(
    cells.filter(({ isClaimed }) => isClaimed),
    ({ pattern, truth }) => `${pattern.name} ×${truth}`,
  )
  assert.ok(patterns.size >= 8)
  for (const [pattern, of] of patterns) {
    const bad = Math.round(of.reduce((sum, { wrong }) => sum + wrong * TRIALS, 0))
    const counts = { events: of.length * TRIALS, bad }
    assert.ok(lowerBound(counts) <= 0.025, `${pattern}: wrong in ${bad} of ${counts.events} runs`)
  }
  const beyond = cells.filter(({ isClaimed }) => !isClaimed)
  assert.ok(Math.max(...beyond.map(({ wrong }) => wrong)) > 0.5)
})

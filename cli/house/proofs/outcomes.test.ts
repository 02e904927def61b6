import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import type { TrialResult } from '../proof-model.ts'
import { proof, sharesOf } from './outcomes.ts'

const TRIALS = 40
const RISK = 0.025

test('a sample of the proof: within what a verdict states it is seldom wrong, and far beyond it often is', async () => {
  const results: TrialResult[] = []
  for (let n = 0; n < TRIALS; n += 1) results.push(await proof.trial(proof.seed + n, n))
  const broken = sharesOf(results).filter(({ truth }) => truth > 1)
  const wrong = (of: typeof broken, by: 'met' | 'stated') => ({
    events: of.length * TRIALS,
    bad: Math.round(of.reduce((sum, one) => sum + one[by] * TRIALS, 0)),
  })
  const atTheEdge = wrong(
    broken.filter(({ pattern }) => pattern.name === 'outages 1 × as stated'),
    'met',
  )
  assert.ok(lowerBound(atTheEdge) <= RISK, `wrong in ${atTheEdge.bad} of ${atTheEdge.events} at the edge`)
  const stated = wrong(broken, 'stated')
  assert.ok(upperBound(stated) <= RISK, `wrong in ${stated.bad} of ${stated.events} of all patterns`)
  const beyond = broken.filter(({ isWithin }) => !isWithin)
  assert.ok(beyond.length > 20)
  assert.ok(Math.max(...beyond.map(({ met }) => met)) > 0.5)
})

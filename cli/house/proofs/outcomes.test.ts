import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lowerBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import type { TrialResult } from '../proof-model.ts'
import { proof, sharesOf } from './outcomes.ts'

const TRIALS = 40
const RISK = 0.025

test('a sample of the proof: so far as a met states that it holds it is seldom wrong, and beyond it often is', async () => {
  const results: TrialResult[] = []
  for (let n = 0; n < TRIALS; n += 1) results.push(await proof.trial(proof.seed + n, n))
  const broken = sharesOf(results).filter(({ truth }) => truth > 1)
  const atTheEdge = broken.filter(({ pattern }) => pattern.name === 'equal outages 1 × as stated')
  const events = atTheEdge.length * TRIALS
  const bad = Math.round(atTheEdge.reduce((sum, one) => sum + one.stated * TRIALS, 0))
  assert.ok(lowerBound({ events, bad }) <= RISK, `wrong in ${bad} of ${events} at the edge`)
  assert.ok(bad > 0, 'nothing was tried at the edge')
  const beyond = broken.filter(({ isWithin }) => !isWithin)
  assert.ok(Math.max(...beyond.map(({ met }) => met)) > 0.5)
})

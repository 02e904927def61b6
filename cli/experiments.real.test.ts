// The whole is `npm run prove -- experiments`.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runExperiment } from './house/experiments/run-experiment.ts'

const alone = { name: 'kill-order-worker', options: ['--no-load', '--for', '3s'] }

test('an experiment on Plaza is met when its fault happened, and invalid when the act is taken out', async () => {
  const real = await runExperiment({ ...alone, isTakenOut: false })
  assert.deepEqual([real.exitCode, real.proof, real.undo], [0, 'confirmed', 'proven gone'], real.why)
  const without = await runExperiment({ ...alone, isTakenOut: true })
  assert.deepEqual(
    [without.exitCode, without.verdict, without.proof],
    [23, 'invalid', 'mismatch'],
    without.why,
  )
})

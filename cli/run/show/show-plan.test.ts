import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleRun } from '../../../reports/render/testing/index.ts'
import { policyWords } from './show-plan.ts'

test('that there is no policy is said once, not of each experiment', () => {
  const { plan } = exampleRun('met').record
  assert.ok(plan.experiments.length > 0)
  const [first] = plan.experiments
  const twice = { ...plan, experiments: [first!, { ...first!, name: 'another' }] }
  assert.deepEqual(policyWords(twice, undefined), ['there is none, so nothing is protected'])
  assert.deepEqual(policyWords({ ...plan, experiments: [] }, undefined), [])
})

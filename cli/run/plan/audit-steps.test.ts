import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from '../../../reports/run/index.ts'
import { HOME_AUDIT, RECORDED_PLAN } from '../testing/recorded.ts'
import { auditSteps } from './audit-steps.ts'

test('two audits in one phase each get half of it, and an audit of two phases is made in both', () => {
  const phase = RECORDED_PLAN.phases[0]!
  const plan: Plan = {
    ...RECORDED_PLAN,
    audits: [HOME_AUDIT, { ...HOME_AUDIT, name: 'search' }],
    phases: [
      { ...phase, name: 'loaded', durationMs: 60_000, audits: ['home', 'search'] },
      { ...phase, name: 'quiet', durationMs: 40_000, audits: ['home'] },
    ],
  }
  assert.deepEqual(
    auditSteps(plan).map((step) => [step.phase, step.audit.name, step.lengthMs]),
    [
      ['loaded', 'home', 30_000],
      ['loaded', 'search', 30_000],
      ['quiet', 'home', 40_000],
    ],
  )
})

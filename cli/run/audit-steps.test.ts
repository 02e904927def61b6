import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Plan, PlannedAudit } from '../../reports/run/index.ts'
import { auditSteps } from './audit-steps.ts'

const recorded: Plan = JSON.parse(
  readFileSync(new URL('../../reports/golden/verify-short-met/plan.json', import.meta.url), 'utf8'),
)

test('two audits in one phase each get half of it, and an audit of two phases is made in both', () => {
  const home: PlannedAudit = {
    name: 'home',
    title: 'Home',
    url: 'http://127.0.0.1:1/',
    preset: 'desktop',
    visits: 6,
    visitTimeoutMs: 45_000,
  }
  const phase = recorded.phases[0]!
  const plan: Plan = {
    ...recorded,
    audits: [home, { ...home, name: 'search' }],
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

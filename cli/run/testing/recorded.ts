import { readFileSync } from 'node:fs'
import type { Plan, PlannedAudit } from '../../../reports/run/index.ts'

/** The plan of the golden run: real in every part, for tests that change a few of them. */
export const RECORDED_PLAN: Plan = JSON.parse(
  readFileSync(new URL('../../../reports/golden/verify-short-met/plan.json', import.meta.url), 'utf8'),
)

/** An audit as `verify` has it; the recorded plan has none. */
export const HOME_AUDIT: PlannedAudit = {
  name: 'home',
  title: 'Home',
  url: 'http://127.0.0.1:1/',
  preset: 'desktop',
  visits: 6,
  visitTimeoutMs: 45_000,
}

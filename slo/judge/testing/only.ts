import assert from 'node:assert/strict'
import type { ObjectiveVerdict, PlannedObjective, RunRecord } from '../../../reports/run/index.ts'
import { judge } from '../judge.ts'
import { runWith } from './run.ts'

/** How an objective is judged that is the only one of its run. */
export function only(objective: PlannedObjective, change: Partial<RunRecord> = {}): ObjectiveVerdict {
  const [verdict] = judge(runWith(change), [objective]).objectives
  assert.ok(verdict)
  return verdict
}

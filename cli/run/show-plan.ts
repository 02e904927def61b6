import { jsonDocument, planText } from '../../reports/render/index.ts'
import { ascii, wrap } from '../../reports/render/plain.ts'
import { readCatalogue } from '../config/catalogue.ts'
import type { Project } from '../config/load-config.ts'
import { createExec } from '../process/exec.ts'
import { powerOf } from './decidability.ts'
import { acceptedPlan, describedTarget, findPlan } from './draft.ts'
import { pointlessWords } from './objectives.ts'

export interface ShowPlanRequest {
  readonly project: Project
  readonly plan: string
  readonly target?: string
  readonly allowUndecidable: boolean
  readonly json: boolean
}

/** What a run would do. Nothing is started but the command that describes the target. */
export async function showPlan(request: ShowPlanRequest): Promise<string> {
  const { project, json } = request
  const catalogue = await readCatalogue(project)
  const found = findPlan(catalogue, request.plan)
  const exec = createExec({ runId: 'plan' })
  const target = await describedTarget(project, { exec, projectRoot: project.root }, request.target)
  const plan = acceptedPlan({ found, catalogue, target, tools: {}, request: { ...request, seed: 1 } })
  if (json) return jsonDocument(plan)
  return [planText(plan, powerOf(plan)), ...pointlessWords(plan.objectives).flatMap(noteLines)].join('\n')
}

function noteLines(note: string): string[] {
  const [first = '', ...rest] = wrap(ascii(note), ' '.repeat(16))
  return [`  note          ${first.trimStart()}`, ...rest]
}

import { allowingRules, type Policy } from '../../../chaos/policy/index.ts'
import { jsonDocument, planText } from '../../../reports/render/index.ts'
import { ascii, wrap } from '../../../reports/render/plain.ts'
import type { Plan } from '../../../reports/run/index.ts'
import { readCatalogue } from '../../config/catalogue.ts'
import type { Project } from '../../config/load-config.ts'
import { createExec } from '../../process/exec.ts'
import { acceptedPlan, describedTarget, findPlan } from '../draft/draft.ts'
import { machineFor } from '../draft/machine.ts'
import { powerOf } from '../plan/decidability.ts'
import { pointlessWords } from '../plan/objectives.ts'

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
  const machine = await machineFor(catalogue.experiments.values(), exec)
  const toxiproxy = project.config.chaos?.toxiproxy
  const plan = acceptedPlan({
    ...{ found, catalogue, target, tools: {}, machine, toxiproxy },
    request: { ...request, seed: 1 },
  })
  if (json) return jsonDocument(plan)
  const rules = policyWords(plan, catalogue.policy).flatMap((rule) => lines('policy', rule))
  const notes = pointlessWords(plan.objectives).flatMap((note) => lines('note', note))
  return [planText(plan, powerOf(plan)), ...rules, ...notes].join('\n')
}

/** The rules that allow each experiment, said once; without a policy there is one thing to say of all. */
export function policyWords({ experiments, target }: Plan, policy: Policy | undefined): string[] {
  if (policy === undefined && experiments.length > 0) return ['there is none, so nothing is protected']
  return experiments.map(({ name, faults }) => {
    const rules = new Set(faults.flatMap((fault) => allowingRules(fault, target, policy)))
    return `allows ${name}: ${[...rules].join('; ')}`
  })
}

function lines(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(ascii(text), ' '.repeat(16))
  return [`  ${name.padEnd(14)}${first.trimStart()}`, ...rest]
}

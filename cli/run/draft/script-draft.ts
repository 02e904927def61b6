import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { relative } from 'node:path'
import { GauntletError } from '../../../reports/run/index.ts'
import { checkScript, inspectScript } from '../../../scenarios/drivers/k6/index.ts'
import { createExec } from '../../process/exec.ts'
import { checkSwitches } from '../execute/switches.ts'
import type { Attendance, ScriptRequest } from '../request.ts'
import { type Draft, type DraftInputs, describedTarget } from './draft.ts'
import { placeSlos, readSlos } from './judge-objectives.ts'
import { scriptFacts, scriptPlan } from './script-plan.ts'
import { findTools } from './tools.ts'

/** As draftRun does for a plan: refuses what can be refused, and reads the script's options through k6. */
export async function draftScript(
  script: ScriptRequest,
  { request, runId, scratch }: DraftInputs,
  { progress }: Attendance,
): Promise<Draft> {
  const slos = await readSlos(script.slos, script.cwd)
  placeSlos(slos, []) // what cannot be asked of any phase is refused before k6 is looked for
  const { root: projectRoot } = request.project
  const file = { path: relative(projectRoot, script.path), sha256: await sumOf(script.path) }
  const exec = createExec({ runId })
  const target = await describedTarget(request.project, { exec, projectRoot }, request.targetFile)
  checkSwitches(request.switches, target)
  const tools = await findTools({ load: [script.path], audits: [] }, { exec, log: progress })
  if (tools.k6 === undefined) throw new GauntletError('NO_K6', 'there is no k6', { exit: 'machinery' })
  const setting = { binary: tools.k6, script: script.environment }
  const options = await inspectScript(script.path, setting, { exec, scratch })
  const { seed, allowUndecidable } = request
  const asked = { file, options, slos, tools: tools.versions, seed, allowUndecidable }
  const plan = scriptPlan({ ...asked, target, machineMemoryBytes: totalmem() })
  await checkScript(plan.load, setting, { exec, scratch, projectRoot })
  for (const line of scriptFacts(options, plan)) progress.fact(line)
  return { plan, tools, planFor: (live) => ({ ...plan, target: live }) }
}

async function sumOf(path: string): Promise<string> {
  const content = await readFile(path).catch((cause: unknown) => {
    throw new GauntletError('NO_SCRIPT', `there is no script ${path}`, {
      cause,
      hint: 'give the path of a k6 script, or the name of a plan: gauntlet list',
    })
  })
  return createHash('sha256').update(content).digest('hex')
}

import { availableParallelism, release, totalmem, type } from 'node:os'
import type { Plan, Run } from '../../../reports/run/index.ts'
import { version } from '../../version.ts'
import type { RunRequest } from '../request.ts'
import type { RunFolder } from './recorder.ts'

interface Head {
  readonly request: RunRequest
  readonly runId: string
  readonly startedUs: number
  readonly record: RunFolder
}

/** What is run, by what and where: first of all, and again once the target says more of itself. */
export async function writeHead(plan: Plan, { request, runId, startedUs, record }: Head): Promise<void> {
  const { k6, node } = plan.tools
  const head: Run = {
    schema: 'gauntlet/run/1',
    id: runId,
    plan: plan.name,
    startedAtUs: Math.round(startedUs),
    gauntlet: version,
    node: node?.version ?? '',
    ...(k6 === undefined ? {} : { k6 }),
    machine: { cores: availableParallelism(), memoryBytes: totalmem(), system: `${type()} ${release()}` },
    target: { name: plan.target.name, version: plan.target.version },
    switches: [...request.switches],
    ...(request.allowUndecidable ? { allowUndecidable: true } : {}),
    ...(request.experiment === undefined ? {} : { alone: true }),
  }
  await record.document('run.json', head)
  await record.document('plan.json', plan)
}

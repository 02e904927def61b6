import type { Plan, RunContext } from '../../reports/run/index.ts'
import type { GauntletConfig } from '../config/config.ts'
import type { Guardian } from '../process/guardian/guardian.ts'
import { readMachineHealth } from '../process/machine-health.ts'
import type { Draft, DraftInputs } from './draft/draft.ts'
import { driversFor } from './drivers-for.ts'
import { askingIn } from './execute/asking/asking.ts'
import { controlByPorts } from './execute/control-by-ports.ts'
import { execute } from './execute/execute.ts'
import { openTarget } from './execute/target.ts'
import { watchLoad } from './execute/watch-load.ts'
import { watchVersion } from './execute/watch-version.ts'
import type { RunFolder } from './record/recorder.ts'
import { writeHead } from './record/write-head.ts'
import type { Attendance, RunRequest } from './request.ts'

interface Attempt extends DraftInputs {
  readonly draft: Draft
  readonly guardian: Guardian
  readonly record: RunFolder
  /** filled with those that the target we started listens on */
  readonly ports: number[]
}

/** Starts the target, executes the plan over it, and ends it again whatever happened. */
export async function attemptRun(
  inputs: Attempt,
  { stopper }: Attendance,
  context: RunContext,
): Promise<void> {
  const { request, draft, guardian, record } = inputs
  const config = targetConfig(request, draft)
  const isOurs = config.start !== undefined
  if (isOurs) context.log.doing('starting the target')
  const target = await openTarget(
    {
      config,
      ...(request.port === undefined ? {} : { port: request.port }),
    },
    context,
  )
  if (isOurs) inputs.ports.push(...target.description.processes.flatMap(({ port }) => port ?? []))
  try {
    const plan = draft.planFor(target.description)
    await writeHead(plan, inputs)
    const { name, version } = target.description
    await record.journal({ kind: 'target-ready', name, version })
    context.log.doing('preparing what runs')
    context.log.fact(`ready: ${inWords(plan, request)}`)
    const { description, control: offered } = target
    const control = offered ?? controlByPorts(description)
    const watched = { ...context, record: watchLoad({ plan, stopper }, context) }
    const { asking, record: asked } = askingIn(plan, watched)
    await execute(
      {
        plan,
        drivers: driversFor(plan, { ...inputs, control, asking }),
        control,
        keeper: guardian,
        asking,
        switches: request.switches,
        stopper,
        versionNow: await watchVersion(
          { target: description, control: offered, ready: config.ready },
          context,
        ),
        seen: record.seen,
        health: () => readMachineHealth(record.path),
      },
      { ...watched, record: asked },
    )
  } finally {
    if (isOurs) context.log.doing('ending the target')
    await target.close()
  }
}

/** A running target is not started again: it is as its description says. */
function targetConfig({ project, targetFile }: RunRequest, { plan }: Draft): GauntletConfig['target'] {
  const { target } = project.config
  if (targetFile === undefined) return target
  const { schema: _, ...description } = plan.target
  return { ...(target.ready === undefined ? {} : { ready: target.ready }), description }
}

/** A script names its target itself: nothing is known of it unless a description was given. */
function inWords({ tools, target }: Plan, { script, targetFile }: RunRequest): string {
  const isDescribed = script === undefined || targetFile !== undefined
  const programs = Object.entries(tools).map(([name, { version }]) => `${name} ${version}`)
  return [...programs, ...(isDescribed ? [`${target.name} ${target.version}`] : [])].join(', ')
}

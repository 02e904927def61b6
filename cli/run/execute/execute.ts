import {
  type DriverOutcome,
  GauntletError,
  messageOf,
  type Ready,
  type RunContext,
  type Running,
} from '../../../reports/run/index.ts'
import { auditSteps } from '../plan/audit-steps.ts'
import type { Execution, Prepared } from './execution.ts'
import { runPhases } from './run-phases.ts'
import type { Stopper } from './stop.ts'
import { holdSwitch, type ThrownSwitch, throwSwitch, undoSwitch } from './switches.ts'

/** Drivers side by side on one clock and one abort. Whatever happens, faults and switches are taken back. */
export async function execute(execution: Execution, context: RunContext): Promise<void> {
  const { stopper, switches } = execution
  const prepared = await prepare(execution, context)
  const started: Running[] = []
  const start = (ready: Ready): Running => {
    const { done, stop } = ready.start()
    const running = { stop, done: done.catch(unforeseen) }
    started.push(running)
    void running.done.then((outcome) => stopOn(outcome, stopper))
    return running
  }
  const thrown: ThrownSwitch[] = []
  try {
    for (const name of switches) {
      const one = await holdSwitch(name, execution, context)
      thrown.push(one)
      await throwSwitch(one, execution, context)
    }
    await runPhases({ ...execution, prepared, start }, context)
  } catch (error) {
    if (!stopper.signal.aborted) throw error
  } finally {
    context.log.phase(undefined)
    // whatever one of them does, the others are stopped and the switches are put back
    await Promise.allSettled(started.map((one) => one.stop(stopper.reason?.reason ?? 'the run is over')))
    await Promise.allSettled(started.map((one) => one.done))
    for (const one of thrown.toReversed()) await undoSwitch(one, execution, context)
  }
}

async function prepare({ plan, drivers }: Execution, context: RunContext): Promise<Prepared> {
  const experiments = new Map<string, Ready>()
  for (const one of plan.experiments)
    experiments.set(one.name, await drivers.experiment.prepare(one, context))
  const audits = new Map<string, Ready>()
  for (const step of auditSteps(plan))
    audits.set(`${step.phase}/${step.audit.name}`, await drivers.audit!.prepare(step, context))
  const load = plan.load.length > 0 ? await drivers.load!.prepare(plan.load, context) : undefined
  return { load, experiments, audits }
}

function unforeseen(error: unknown): DriverOutcome {
  const hint = error instanceof GauntletError ? error.hint : undefined
  const reason = messageOf(error)
  return { kind: 'failed', reason, ...(hint === undefined ? {} : { hint }) }
}

function stopOn(outcome: DriverOutcome, stopper: Stopper): void {
  switch (outcome.kind) {
    case 'completed':
    case 'stopped':
      break
    case 'aborted':
      stopper.stop({ by: 'guard', reason: outcome.reason })
      break
    case 'failed':
      stopper.stop({ by: 'machinery', ...outcome })
      break
    default:
      outcome satisfies never
  }
}

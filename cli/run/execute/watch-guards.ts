import { isPlannedProbe, type ProbeScene, watchProbe } from '../../../chaos/probes/index.ts'
import {
  type Control,
  duration,
  type MachineGuard,
  type Plan,
  type PlannedGuard,
  type ProbeGuard,
  type RunContext,
} from '../../../reports/run/index.ts'
import type { MachineHealth } from '../../process/machine-health.ts'
import { saidBy } from '../run-failure.ts'
import { lapsedFor } from './lapse.ts'
import { type HealthReading, lackOf } from './machine-lack.ts'
import type { Stopper } from './stop.ts'
import { untilStopped } from './until-stopped.ts'

export interface GuardWatch {
  readonly plan: Pick<Plan, 'target'>
  readonly control: Control
  readonly stopper: Stopper
  readonly asking?: Pick<ProbeScene, 'sources'>
  health(): Promise<MachineHealth>
}

/** From question to question. */
const PROBE_EVERY_MS = 500
const HEALTH_EVERY_MS = 1000

/**
 * Watches probes and the machine from now until it is stopped, and ends the run when one of them alarms. Guards on
 * objectives see the load as it is written down: watch-load.ts.
 */
export function startGuards(
  guards: readonly PlannedGuard[],
  watch: GuardWatch,
  context: RunContext,
): { stop(): Promise<void> } {
  return untilStopped(
    (until) =>
      guards.map(async (guard) => {
        try {
          if ('probe' in guard) await watchHeld(guard, watch, until)
          if ('machine' in guard) await watchMachine(guard, watch, until)
        } catch (error) {
          // nobody waits for it before the end, and until then the run would be unguarded
          const { reason, ...hint } = saidBy(error)
          const what = 'probe' in guard ? guard.probe.name : 'this machine'
          watch.stopper.stop({ by: 'machinery', reason: `the guard on ${what} failed: ${reason}`, ...hint })
        }
      }),
    context,
  )
}

/** A probe that nobody can ask does not hold either. */
async function watchHeld(
  { probe: { name, probe }, forMs }: ProbeGuard,
  { plan: { target }, control, stopper, asking }: GuardWatch,
  context: RunContext,
): Promise<void> {
  if (!isPlannedProbe(probe)) return
  const hasLapsed = lapsedFor(forMs)
  const scene = { target, control, context, ...asking }
  for await (const reading of watchProbe(probe, { everyMs: PROBE_EVERY_MS, scene }, context.signal)) {
    if (!hasLapsed(reading)) continue
    const seen = `${name} did not hold for ${duration(forMs)}: ${reading.seen}`
    context.log.fact(`guard: ${seen}; the run is stopped`)
    return stopper.stop({ by: 'guard', reason: seen })
  }
}

/** What was measured on a machine like this is not to be trusted, so the alarm is written down for the judge. */
async function watchMachine(
  { machine, forMs }: MachineGuard,
  { health, stopper }: GuardWatch,
  context: RunContext,
): Promise<void> {
  const { clock, signal, log, record } = context
  const hasLapsed = lapsedFor(forMs)
  const read = async (): Promise<HealthReading> => ({ atUs: clock.nowUs(), health: await health() })
  let before = await read()
  while (await waited(HEALTH_EVERY_MS, context)) {
    const now = await read()
    const lack = lackOf(machine, before, now)
    const look = { held: lack === '', atUs: now.atUs, answeredAtUs: now.atUs }
    before = now
    if (signal.aborted || !hasLapsed(look)) continue
    const seen = `this machine had ${lack}, for ${duration(forMs)}`
    await record.journal({ kind: 'machine-alarm', seen })
    log.fact(`guard: ${seen}; the run is stopped`)
    return stopper.stop({ by: 'guard', reason: seen })
  }
}

/** False when it was stopped first. */
async function waited(ms: number, { clock, signal }: Pick<RunContext, 'clock' | 'signal'>): Promise<boolean> {
  await clock.wait(ms, signal).catch(() => {})
  return !signal.aborted
}

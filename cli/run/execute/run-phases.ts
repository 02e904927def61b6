import {
  GauntletError,
  type Plan,
  type PlannedGuard,
  type PlannedPhase,
  type Ready,
  type RunContext,
  type Running,
} from '../../../reports/run/index.ts'
import { aborted } from './aborted.ts'
import { askSources } from './ask-sources.ts'
import { drain } from './drain.ts'
import type { Execution, Prepared } from './execution.ts'
import { startProbes } from './probes.ts'
import { settleDisk } from './settle-disk.ts'
import { startGuards } from './watch-guards.ts'

/** Far longer than k6 takes to make its virtual users, even on a busy machine. */
const FIRST_TICK_WITHIN_MS = 60_000

export interface Stage extends Execution {
  readonly prepared: Prepared
  start(ready: Ready): Running
}

/** Load phases on fixed seconds, then the drain, then what is done with the load off. Rejects when the run is stopped. */
export async function runPhases(stage: Stage, context: RunContext): Promise<void> {
  const { plan, prepared } = stage
  const startedUs = context.clock.nowUs()
  const loaded = prepared.load && (await loadPhases(stage, prepared.load, context))
  if (loaded === undefined) await context.record.journal({ kind: 'second-zero' })
  if (plan.drain !== undefined)
    await drain(plan.drain, { control: stage.control, sinceUs: startedUs }, context)
  if (loaded !== undefined) await askSources(plan, loaded, context)
  const guards = startGuards(guardsOf(plan), stage, context)
  try {
    for (const phase of plan.phases.filter((one) => !one.load)) await quietPhase(phase, stage, context)
  } finally {
    await guards.stop()
  }
}

/** The plan's own, or those of one of its experiments. */
const guardsOf = ({ guards = [] }: Plan, experiment?: string): PlannedGuard[] =>
  guards.filter((one) => one.experiment === experiment)

/** From second 0 to the end of the last phase with load. */
async function loadPhases(stage: Stage, ready: Ready, context: RunContext): Promise<Span> {
  await settleDisk(context)
  const load = stage.start(ready)
  const zeroUs = await firstTick(stage, load, context)
  const over = countsIterations(stage.plan) ? load.done : undefined
  const probes = startProbes({ ...stage, zeroUs }, context)
  const guards = startGuards(guardsOf(stage.plan), stage, context)
  try {
    for (const phase of stage.plan.phases.filter((one) => one.load)) {
      const startUs = zeroUs + phase.startMs * 1000
      await during(phase, { startUs, endUs: startUs + phase.durationMs * 1000, over }, stage, context)
    }
  } finally {
    await probes.stop()
    await guards.stop()
  }
  const endUs = context.clock.nowUs()
  context.log.phase(undefined)
  context.log.doing('waiting for the last requests in flight')
  // a load that is stopped is waited for by whoever started it
  await Promise.race([load.done, aborted(context.signal)])
  context.signal.throwIfAborted()
  await context.record.journal({ kind: 'load-ended' })
  await seeTargetLast(stage, context)
  return { startUs: zeroUs, endUs }
}

/** A target that was exchanged while the load ran is another one than was judged at the start. */
async function seeTargetLast({ versionNow }: Stage, { record }: RunContext): Promise<void> {
  const version = await versionNow()
  if (version !== undefined) await record.journal({ kind: 'target-seen-last', version })
}

/** A script that counts its iterations may be over long before its phase. */
const countsIterations = ({ load }: Plan): boolean =>
  load.some(({ executor }) => executor.kind === 'script' && executor.countsIterations)

async function firstTick(stage: Stage, load: Running, context: RunContext): Promise<number> {
  context.log.doing('the load starts')
  const limitMs = firstTickWithinMs(stage.plan)
  const tick = stage.seen('second-zero').then((entry) => entry.atUs)
  const seen = new AbortController()
  const late = context.clock.wait(limitMs, AbortSignal.any([context.signal, seen.signal]))
  const first = await Promise.race([tick, late, load.done]).finally(() => seen.abort())
  if (typeof first === 'number') return first
  context.signal.throwIfAborted()
  const when = first === undefined ? `within ${limitMs / 1000} s` : 'until its end'
  throw new GauntletError('NO_FIRST_TICK', `the load showed nothing ${when}`, {
    exit: 'machinery',
    hint: 'run it again with fewer other programs on this machine',
  })
}

/** The setup of a script may take as long as it says. */
const firstTickWithinMs = ({ load, atMostMs }: Plan): number =>
  load.some(({ executor }) => executor.kind === 'script')
    ? Math.max(FIRST_TICK_WITHIN_MS, atMostMs)
    : FIRST_TICK_WITHIN_MS

interface Span {
  readonly startUs: number
  readonly endUs: number
  /** ends the phase before that */
  readonly over?: Promise<unknown> | undefined
}

/** A phase of fixed length, with its faults on; they are undone at its end, and the next phase does not wait for them. */
async function during(
  phase: PlannedPhase,
  { startUs, endUs, over }: Span,
  stage: Stage,
  context: RunContext,
): Promise<void> {
  await begin(phase, context, startUs)
  const faults = startFaults(phase, stage, context)
  const audits = visitPages(phase, stage, context)
  audits.catch(() => {}) // awaited below; a stopped run leaves before that
  try {
    await until(endUs, over ?? faults.over, context)
  } finally {
    await faults.stop()
  }
  await audits
  const isFixed = over === undefined && faults.over === undefined
  const endedUs = isFixed ? endUs : Math.min(endUs, context.clock.nowUs())
  await context.record.journal({ kind: 'phase-ended', phase: phase.name }, endedUs)
}

async function until(endUs: number, over: Span['over'], { clock, signal }: RunContext): Promise<void> {
  const leftMs = Math.max(0, (endUs - clock.nowUs()) / 1000)
  const isOver = new AbortController()
  const wait = clock.wait(leftMs, AbortSignal.any([signal, isOver.signal]))
  await Promise.race(over === undefined ? [wait] : [wait, over]).finally(() => isOver.abort())
  signal.throwIfAborted()
}

/** A phase without load ends with its audits, or after its length when it has none. */
async function quietPhase(phase: PlannedPhase, stage: Stage, context: RunContext): Promise<void> {
  if (phase.audits.length === 0) {
    const startUs = context.clock.nowUs()
    return during(phase, { startUs, endUs: startUs + phase.durationMs * 1000 }, stage, context)
  }
  await begin(phase, context, context.clock.nowUs())
  const faults = startFaults(phase, stage, context)
  await visitPages(phase, stage, context).finally(faults.stop)
  await context.record.journal({ kind: 'phase-ended', phase: phase.name })
}

/**
 * With the guards of their experiments, which have seen enough when the undo begins. `over` ends the phase before its
 * time: people recovered from all that it breaks.
 */
function startFaults({ name, experiments }: PlannedPhase, stage: Stage, context: RunContext) {
  const { plan, prepared } = stage
  const faults = experiments.map((experiment) => stage.start(prepared.experiments.get(experiment)!))
  const guards = startGuards(
    experiments.flatMap((experiment) => guardsOf(plan, experiment)),
    stage,
    context,
  )
  const isForPeople = plan.experiments.some((one) => one.faultOnly && experiments.includes(one.name))
  return {
    over: isForPeople ? Promise.all(faults.map(({ done }) => done)) : undefined,
    stop: async () => {
      const guarded = guards.stop()
      await Promise.all(faults.map((one) => one.stop(`${name} is over`)))
      await guarded
    },
  }
}

async function visitPages(phase: PlannedPhase, stage: Stage, context: RunContext): Promise<void> {
  for (const name of phase.audits) {
    await stage.start(stage.prepared.audits.get(`${phase.name}/${name}`)!).done
    context.signal.throwIfAborted()
  }
}

async function begin(phase: PlannedPhase, context: RunContext, atUs: number): Promise<void> {
  await context.record.journal({ kind: 'phase-started', phase: phase.name }, atUs)
  context.log.phase(phase)
}

import { type PlannedFault, type RunContext, type Victim, victimWords } from '../../reports/run/index.ts'
import { aimedNow } from '../planning/planned-fault.ts'
import type { MethodRun } from './experiment-run.ts'
import { confirm, confirmAgain, type FaultOn, inject } from './method.ts'
import { othersRecover, tidyUp } from './recovery.ts'
import { rollBack } from './rollback.ts'
import { waitUntil } from './wait-until.ts'

/** The life of one fault at all its victims, from its time to its proven end. True: it is gone, or never was. */
export async function runFault(planned: PlannedFault, run: MethodRun, context: RunContext): Promise<boolean> {
  const { over } = run
  await waitUntil(run.startUs + planned.atMs * 1000, over, context.clock)
  const on: FaultOn[] = []
  const byOthers = new Set<FaultOn>()
  const gone: boolean[] = []
  try {
    // Aimed again, not at prepare: pids change.
    const target = await run.control.describe()
    const aimed = await aimedNow(planned, target, run.around)
    for (const one of aimed) {
      // The target may have taken its time to answer: what was stopped meanwhile is not begun.
      if (over.aborted || context.signal.aborted) break
      on.push(await inject({ ...run, id: run.nextId(), aimed: one }, context))
    }
    for (const { victim } of aimed.slice(on.length)) await noteMissed(victim, run, context)
    await whileOn({ on, byOthers }, planned, run, context)
  } finally {
    for (const one of on.toReversed())
      gone.push(await (byOthers.has(one) ? tidyUp(one, context) : rollBack(one, context)))
  }
  return gone.every((isGone) => isGone)
}

/** What was to be hit, and whose phase was over before. A run that is stopped, or given up, does not claim that it was. */
async function noteMissed(
  victim: Victim,
  { experiment, givenUp, nextId }: MethodRun,
  { record, signal }: RunContext,
): Promise<void> {
  if (signal.aborted || givenUp.aborted) return
  const seen = `${victimWords(victim)} was not hit: its phase was over before`
  await record.journal({ kind: 'fault-unproven', injection: nextId(), experiment: experiment.name, seen })
}

interface LivingFault {
  readonly on: readonly FaultOn[]
  /** those that others than us took back */
  readonly byOthers: Set<FaultOn>
}

/** Looks for the effect of each while the fault lasts, and at its end; one that cannot be told any more ends it for all. */
async function whileOn(
  { on, byOthers }: LivingFault,
  { forMs }: PlannedFault,
  { over, experiment }: MethodRun,
  context: RunContext,
): Promise<void> {
  const ended = new AbortController()
  const end = AbortSignal.any([over, ended.signal])
  const atEnd =
    forMs === undefined ? aborted(end) : waitUntil(context.clock.nowUs() + forMs * 1000, end, context.clock)
  const confirmed = on.map((one) =>
    confirm(one, end, context).catch((error: unknown) => {
      ended.abort()
      throw error
    }),
  )
  const isOver = atEnd.then(() => ended.abort())
  const mend = async (): Promise<void> => {
    const wasSeen = await Promise.all(confirmed)
    // nobody is asked to mend what was not seen to break
    if (wasSeen.every((one) => one)) await othersRecover({ on, gone: byOthers }, end, context)
  }
  const isMended = experiment.faultOnly ? mend().finally(() => ended.abort()) : undefined
  const wasSeen = await allOf(confirmed, Promise.all([isOver, isMended]))
  // what people were to take off may be half taken off
  if (context.signal.aborted || experiment.faultOnly) return
  await Promise.all(on.map((one, n) => (wasSeen[n] ? confirmAgain(one, context) : undefined)))
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Waits for all of them and for the end, and rejects as the first that did. */
async function allOf<Result>(tasks: readonly Promise<Result>[], end: Promise<unknown>): Promise<Result[]> {
  await Promise.allSettled([...tasks, end])
  return Promise.all(tasks)
}

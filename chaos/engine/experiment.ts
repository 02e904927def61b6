import type {
  Control,
  Driver,
  DriverOutcome,
  PlannedExperiment,
  RunContext,
  Victim,
} from '../../reports/run/index.ts'
import { selectVictims } from '../model/blast-radius.ts'
import { steadyState } from './hypothesis.ts'
import type { UndoKeeper } from './keeper.ts'
import { confirm, type FaultOn, inject } from './method.ts'
import { rollBack } from './rollback.ts'

export interface ExperimentOptions {
  readonly control: Control
  readonly keeper: UndoKeeper
  readonly seed: number
}

/** Hypothesis, method, rollback, hypothesis. The fault stays on until `stop`; `done` comes when it is proven gone. */
export function experimentDriver(options: ExperimentOptions): Driver<PlannedExperiment> {
  return {
    prepare: async (experiment, context) => {
      selectVictims(await options.control.describe(), experiment.blastRadius, options.seed)
      return {
        start: () => {
          const over = Promise.withResolvers<void>()
          let isOver = false
          return {
            done: runExperiment(
              { experiment, over: over.promise, isOver: () => isOver, ...options },
              context,
            ),
            stop: async () => {
              isOver = true
              over.resolve()
            },
          }
        },
      }
    },
  }
}

interface ExperimentRun extends ExperimentOptions {
  readonly experiment: PlannedExperiment
  /** resolves when the fault has been on for long enough */
  readonly over: Promise<void>
  isOver(): boolean
}

async function runExperiment(run: ExperimentRun, context: RunContext): Promise<DriverOutcome> {
  const { experiment, control, seed } = run
  const before = await steadyState({ experiment, when: 'before', control }, context)
  if (!before.held)
    return { kind: 'aborted', reason: `${experiment.name}: no steady state before it: ${before.seen}` }
  // Selected again, not at prepare: pids change.
  const victims = selectVictims(await control.describe(), experiment.blastRadius, seed)
  // The target may have taken its time to answer: what was stopped meanwhile is not begun.
  if (run.isOver() || context.signal.aborted)
    return { kind: 'stopped', reason: `${experiment.name} was stopped before it began` }
  const areNormal = await breakAndMend(victims, run, context)
  if (areNormal) await steadyState({ experiment, when: 'after', control }, context)
  return { kind: 'completed' }
}

/** Whatever goes wrong on the way, each fault that is on is taken back, the last one first. */
async function breakAndMend(
  victims: readonly Victim[],
  { experiment, control, keeper, over }: ExperimentRun,
  context: RunContext,
): Promise<boolean> {
  const on: FaultOn[] = []
  const gone: boolean[] = []
  try {
    for (const [n, victim] of victims.entries()) {
      const id = `${context.runId}/${experiment.name}/${n + 1}`
      on.push(await inject({ experiment, id, victim, control, keeper }, context))
    }
    for (const one of on) await confirm(one, context)
    await over
  } finally {
    for (const one of on.toReversed()) gone.push(await rollBack(one, context))
  }
  return gone.every((isGone) => isGone)
}

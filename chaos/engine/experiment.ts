import type {
  Control,
  Driver,
  DriverOutcome,
  PlannedExperiment,
  RunContext,
} from '../../reports/run/index.ts'
import { selectVictim } from '../model/blast-radius.ts'
import { steadyState } from './hypothesis.ts'
import type { UndoKeeper } from './keeper.ts'
import { inject } from './method.ts'
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
      selectVictim(await options.control.describe(), experiment.blastRadius, options.seed)
      let injections = 0
      return {
        start: () => {
          const over = Promise.withResolvers<void>()
          let isOver = false
          injections += 1
          const id = `${context.runId}/${experiment.name}/${injections}`
          return {
            done: runExperiment(
              { experiment, id, over: over.promise, isOver: () => isOver, ...options },
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
  readonly id: string
  /** resolves when the fault has been on for long enough */
  readonly over: Promise<void>
  isOver(): boolean
}

async function runExperiment(run: ExperimentRun, context: RunContext): Promise<DriverOutcome> {
  const { experiment, id, control, keeper, seed } = run
  const before = await steadyState({ experiment, when: 'before', control }, context)
  if (!before.held)
    return { kind: 'aborted', reason: `${experiment.name}: no steady state before it: ${before.seen}` }
  // Selected again, not at prepare: pids change.
  const victim = selectVictim(await control.describe(), experiment.blastRadius, seed)
  const injection = { experiment, id, victim, control, keeper }
  // The target may have taken its time to answer: what was stopped meanwhile is not begun.
  if (run.isOver() || context.signal.aborted)
    return { kind: 'stopped', reason: `${experiment.name} was stopped before it began` }
  const on = await inject(injection, context)
  await run.over
  const gone = await rollBack(on, injection, context)
  if (gone.normal) await steadyState({ experiment, when: 'after', control }, context)
  return { kind: 'completed' }
}

import type { Driver, DriverOutcome, PlannedExperiment, RunContext } from '../../reports/run/index.ts'
import { Docker } from '../drivers/local/docker/index.ts'
import { LinkRoutes, Toxiproxy, UsersToxiproxy } from '../drivers/local/links/index.ts'
import { Claims, NameBook, type SharedByFaults, StressBook } from '../faults/index.ts'
import { aimedNow } from '../planning/planned-fault.ts'
import type { ExperimentOptions, ExperimentRun, MethodRun } from './experiment-run.ts'
import { steadyAgain, steadyState } from './hypothesis.ts'
import { runFault } from './planned-fault.ts'
import { runCheck } from './status-check.ts'

/** Hypothesis, method, rollback, hypothesis. Faults stay on until their time or `stop`; `done` comes when they are gone. */
export function experimentDriver(options: ExperimentOptions): Driver<PlannedExperiment> {
  let shared: SharedByFaults | undefined
  return {
    prepare: async (experiment, context) => {
      shared ??= sharedByFaults(options, context)
      const ofRun = shared
      const target = await options.control.describe()
      const { dockerHost, containerRules } = options
      const around = { docker: new Docker(dockerHost, context.http), containerRules }
      for (const fault of experiment.faults) await aimedNow(fault, target, around)
      return {
        start: () => {
          const over = new AbortController()
          let injections = 0
          const nextId = (): string => `${context.runId}/${experiment.name}/${++injections}`
          const startUs = context.clock.nowUs()
          const run = { experiment, over: over.signal, startUs, nextId, shared: ofRun, around, ...options }
          return {
            done: runExperiment(run, context),
            stop: async () => over.abort(),
          }
        },
      }
    },
  }
}

function sharedByFaults(
  { control, keeper, toxiproxy }: ExperimentOptions,
  { clock, http, runId }: RunContext,
): SharedByFaults {
  const openProxy = async () =>
    toxiproxy === undefined
      ? new Toxiproxy(await keeper.carrier('proxy'), http)
      : new UsersToxiproxy(toxiproxy, http, runId)
  return {
    routes: new LinkRoutes(control, clock, openProxy),
    names: new NameBook(control, keeper, http),
    stress: new StressBook(keeper, http),
    claims: new Claims(),
  }
}

async function runExperiment(run: ExperimentRun, context: RunContext): Promise<DriverOutcome> {
  const { experiment } = run
  const before = await steadyState({ ...run, when: 'before' }, context)
  if (!before.held)
    return { kind: 'aborted', reason: `${experiment.name}: no steady state before it: ${before.seen}` }
  if (run.over.aborted || context.signal.aborted)
    return { kind: 'stopped', reason: `${experiment.name} was stopped before it began` }
  const { areGone, givenUp } = await runMethod(run, context)
  if (givenUp !== undefined) return { kind: 'aborted', reason: `${experiment.name}: ${givenUp}` }
  if (areGone && experiment.faultOnly) await steadyAgain(run, run.over, context)
  if (areGone) await steadyState({ ...run, when: 'after' }, context)
  return { kind: 'completed' }
}

interface MethodEnd {
  readonly areGone: boolean
  /** the status check that ended it, in words */
  readonly givenUp: string | undefined
}

/** All faults and status checks, each at its time. A check that ends the method ends its faults first. */
async function runMethod(run: ExperimentRun, context: RunContext): Promise<MethodEnd> {
  const { faults, checks = [] } = run.experiment
  const ended = new AbortController()
  const method: MethodRun = { ...run, over: AbortSignal.any([run.over, ended.signal]), givenUp: ended.signal }
  let givenUp: string | undefined
  const checked = checks.map(async (one) => {
    const why = await runCheck(one, method, context)
    if (why === undefined) return
    givenUp ??= why
    ended.abort()
  })
  const lives = await Promise.allSettled(faults.map((one) => runFault(one, method, context)))
  const ends = [...lives, ...(await Promise.allSettled(checked))]
  for (const one of ends) if (one.status === 'rejected') throw one.reason
  return { areGone: lives.every((one) => one.status === 'fulfilled' && one.value), givenUp }
}

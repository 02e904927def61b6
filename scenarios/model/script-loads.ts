import { parseDuration } from '../../reports/run/duration.ts'
import type { PlannedLoad, RateStage } from '../../reports/run/plan.ts'
import { labelOf, labelsOf } from './labels.ts'
import type { ScriptOptions, ScriptScenario } from './script-options.ts'

/** What k6 takes where a script says nothing (k6 2.2: lib/executor, lib/options.go). */
const K6_DEFAULTS = { maxDuration: '10m', timeUnit: '1s', exec: 'default', hookTimeout: '60s' } as const
/** k6's own time-out for a request; a script sets others where it makes them, and nobody sees which. */
const REQUEST_TIMEOUT_MS = 60_000

export interface ScriptFile {
  /** relative to the project */
  readonly path: string
  readonly sha256: string
}

/** A script's scenarios as a plan holds them. */
export function toScriptLoads(options: ScriptOptions, { path, sha256 }: ScriptFile): PlannedLoad[] {
  const labels = labelsOf(Object.keys(options.scenarios))
  const scenarios = Object.entries(options.scenarios)
  const firstMs = Math.min(...scenarios.map(([, one]) => msOf(one.startTime)))
  return scenarios.map(([name, scenario]) => {
    const stages = options.executionSegment == null ? rateStages(scenario) : undefined
    return {
      name: labels.get(name) ?? labelOf(name),
      title: `${name}, ${scenario.executor}`,
      executor: {
        kind: 'script',
        executor: scenario.executor,
        scenario: name,
        exec: scenario.exec || K6_DEFAULTS.exec,
        startMs: msOf(scenario.startTime) - firstMs,
        durationMs: durationMs(scenario),
        countsIterations: countsIterations(scenario),
        maxVus: maxVus(scenario),
        ...(stages && { stages }),
      },
      journey: path,
      journeySha256: sha256,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      environment: {},
    }
  })
}

/** From the first start to the last moment in which one may start, in whole seconds. */
export function scriptLengthMs(loads: readonly PlannedLoad[]): number {
  const ends = loads.map(({ executor }) =>
    executor.kind === 'script' ? executor.startMs + executor.durationMs : executor.durationMs,
  )
  return Math.ceil(Math.max(0, ...ends) / 1000) * 1000
}

/** The longest that all of it can take: setup, the scenarios, what is in flight at their end, teardown. */
export function scriptAtMostMs({ setupTimeout, teardownTimeout, totalDuration }: ScriptOptions): number {
  const hookMs = (given: string | null | undefined) => msOf(given ?? K6_DEFAULTS.hookTimeout)
  return hookMs(setupTimeout) + msOf(totalDuration) + hookMs(teardownTimeout)
}

const countsIterations = ({ executor }: ScriptScenario): boolean =>
  executor === 'shared-iterations' || executor === 'per-vu-iterations'

function durationMs(scenario: ScriptScenario): number {
  if (countsIterations(scenario)) return msOf(scenario.maxDuration ?? K6_DEFAULTS.maxDuration)
  const { stages } = scenario
  return stages ? stages.reduce((sum, one) => sum + msOf(one.duration), 0) : msOf(scenario.duration)
}

function maxVus({ executor, vus, startVUs, stages, preAllocatedVUs, maxVUs }: ScriptScenario): number {
  switch (executor) {
    case 'constant-arrival-rate':
    case 'ramping-arrival-rate':
      return Math.max(1, maxVUs ?? 0, preAllocatedVUs ?? 0)
    case 'ramping-vus':
      return Math.max(1, startVUs ?? 1, ...(stages ?? []).map(({ target }) => target))
    case 'constant-vus':
    case 'shared-iterations':
    case 'per-vu-iterations':
      return Math.max(1, vus ?? 1)
    default:
      return executor satisfies never
  }
}

/** The rate of an open model; undefined for a closed one. */
function rateStages(scenario: ScriptScenario): RateStage[] | undefined {
  const perSecond = (count: number): number =>
    (count * 1000) / msOf(scenario.timeUnit ?? K6_DEFAULTS.timeUnit)
  if (scenario.executor === 'constant-arrival-rate') {
    const rate = perSecond(scenario.rate ?? 0)
    return [{ fromPerSecond: rate, toPerSecond: rate, durationMs: durationMs(scenario) }]
  }
  if (scenario.executor !== 'ramping-arrival-rate') return undefined
  let fromPerSecond = perSecond(scenario.startRate ?? 0)
  return (scenario.stages ?? []).map(({ duration, target }) => {
    const stage = { fromPerSecond, toPerSecond: perSecond(target), durationMs: msOf(duration) }
    fromPerSecond = stage.toPerSecond
    return stage
  })
}

const msOf = (text: string | null | undefined): number => parseDuration(text ?? '') ?? 0

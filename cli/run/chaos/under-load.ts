import type { Experiment } from '../../../chaos/index.ts'
import { parseDuration } from '../../../reports/run/index.ts'
import { type PlanDocument, type PlanFile, parsePlanFile } from '../../config/plan-file.ts'
import { KNOWN_AFTER_MS } from '../plan/askable.ts'

/** The shortest in which the objectives of Plaza's platform can be decided, and a fault be felt. */
const FAULT = '17s'
const BEFORE_MS = 20_000
/** A fault is looked for once more, taken back and proven gone before any of it counts. */
const AFTER_MS = 26_000

/**
 * An experiment run alone as its `run` says, as a plan that goes through the door of every plan: before, with the fault
 * on, and after it. Undefined when it names no load. `forMs` takes the place of how long its file has the fault on.
 */
export function planUnderLoad({ metadata, spec }: Experiment, forMs?: number): PlanDocument | undefined {
  if (spec.run === undefined) return undefined
  const alone = forMs === undefined ? spec.run : { ...spec.run, fault: `${forMs / 1000}s` }
  const written = JSON.stringify(planFile(metadata, alone, steadyLengths(spec)), null, 2)
  return parsePlanFile(written, `the run of ${metadata.name}`).value
}

type Alone = NonNullable<Experiment['spec']['run']>

/** Long enough for what the probes of the steady state ask about, too. */
function steadyLengths({ hypothesis, rollback }: Experiment['spec']) {
  const overMs = Math.max(0, ...hypothesis.map(({ objective }) => parseDuration(objective?.over ?? '') ?? 0))
  const atLeast = (steadyMs: number, moreMs: number) =>
    `${Math.ceil(Math.max(steadyMs, overMs === 0 ? 0 : overMs + moreMs) / 1000)}s`
  return {
    before: atLeast(BEFORE_MS, KNOWN_AFTER_MS),
    after: atLeast(AFTER_MS, parseDuration(rollback.within) ?? 0),
  }
}

function planFile(
  metadata: Experiment['metadata'],
  alone: Alone,
  steady: ReturnType<typeof steadyLengths>,
): PlanFile {
  const { load, fault = FAULT, recoversWithin, drain, holds = [], bends = [] } = alone
  return {
    apiVersion: 'gauntlet/v1',
    kind: 'Plan',
    metadata,
    spec: {
      load: load.map((scenario) => ({ scenario })),
      phases: [
        { name: 'warm-up', for: '5s', judged: false },
        { name: 'before', for: steady.before },
        { name: 'fault', for: fault, experiments: [metadata.name] },
        ...(recoversWithin === undefined ? [] : [{ name: 'recovery', for: recoversWithin, judged: false }]),
        { name: 'after', for: steady.after },
      ],
      ...(drain === undefined ? {} : { drain }),
      objectives: [
        ...holds.map((slo) => ({ slo, phases: ['all'] })),
        ...bends.map((slo) => ({ slo, phases: ['before', 'after'] })),
      ],
    },
  }
}

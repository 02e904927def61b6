import type { Experiment } from '../../../chaos/index.ts'
import { type PlanDocument, type PlanFile, parsePlanFile } from '../plan-file.ts'

/** The shortest in which the objectives of Plaza's platform can be decided, and a fault be felt. */
const FAULT = '17s'
const STEADY = '20s'

/**
 * An experiment run alone as its `run` says, as a plan that goes through the door of every plan: before, with the fault
 * on, and after it. Undefined when it names no load.
 */
export function planUnderLoad({ metadata, spec }: Experiment): PlanDocument | undefined {
  if (spec.run === undefined) return undefined
  const written = JSON.stringify(planFile(metadata, spec.run), null, 2)
  return parsePlanFile(written, `the run of ${metadata.name}`).value
}

type Alone = NonNullable<Experiment['spec']['run']>

function planFile(metadata: Experiment['metadata'], alone: Alone): PlanFile {
  const { load, fault = FAULT, recoversWithin, drain, holds = [], bends = [] } = alone
  return {
    apiVersion: 'gauntlet/v1',
    kind: 'Plan',
    metadata,
    spec: {
      load: load.map((scenario) => ({ scenario })),
      phases: [
        { name: 'warm-up', for: '5s', judged: false },
        { name: 'before', for: STEADY },
        { name: 'fault', for: fault, experiments: [metadata.name] },
        ...(recoversWithin === undefined ? [] : [{ name: 'recovery', for: recoversWithin, judged: false }]),
        { name: 'after', for: STEADY },
      ],
      ...(drain === undefined ? {} : { drain }),
      objectives: [
        ...holds.map((slo) => ({ slo, phases: ['all'] })),
        ...bends.map((slo) => ({ slo, phases: ['before', 'after'] })),
      ],
    },
  }
}

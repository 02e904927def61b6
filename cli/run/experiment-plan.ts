import type { Experiment } from '../../chaos/index.ts'
import type { PlanFile } from './plan-file.ts'

/** The shortest in which the objectives of Plaza's platform can be decided, and a fault be felt. */
const FAULT = '17s'
const STEADY = '20s'

/** An experiment run alone under load: before, with the fault on, and after it. Undefined when it names no load. */
export function experimentPlan({ metadata, spec }: Experiment): PlanFile | undefined {
  if (spec.run === undefined) return undefined
  const { load, fault = FAULT, drain, holds = [], bends = [] } = spec.run
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

import type { PlanDocument, PlanFile } from '../plan-file.ts'

/** The load and the objectives of a plan, to be asked of two sides alike: one phase, in which nothing is broken. */
export function comparedPlan({ file, document }: PlanDocument, lengthMs: number): PlanDocument {
  const { load, objectives } = file.spec
  const spec: PlanFile['spec'] = {
    ...(load === undefined ? {} : { load }),
    phases: [{ name: 'compared', for: `${Math.ceil(lengthMs / 1000)}s` }],
    objectives: withoutPhases(objectives),
  }
  return { file: { ...file, spec }, document }
}

/** What is asked of several phases is asked once; it is advisory only where it is so in all of them. */
function withoutPhases(objectives: PlanFile['spec']['objectives']): PlanFile['spec']['objectives'] {
  const required = objectives.filter(({ advisory }) => advisory !== true)
  const asked = [...objectives, ...required].map(({ phases: _, ...rest }) => rest)
  return [...new Map(asked.map((one) => [one.as ?? one.slo, one])).values()]
}

/** What a comparison does not do of a plan, each in words. */
export function leftOutOf({ file: { spec } }: PlanDocument): string[] {
  const experiments = spec.phases.flatMap((phase) => phase.experiments ?? [])
  const audits = spec.phases.flatMap((phase) => phase.audits ?? [])
  return [
    ...(spec.phases.length > 1 ? [`the ${spec.phases.length} phases`] : []),
    ...experiments.map((name) => `experiment ${name}`),
    ...audits.map((name) => `audit ${name}`),
    ...(spec.drain === undefined ? [] : ['the drain']),
    ...(spec.guards === undefined ? [] : ['guards']),
  ]
}

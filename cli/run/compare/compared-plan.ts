import { GauntletError } from '../../../reports/run/index.ts'
import type { PlanDocument, PlanFile } from '../../config/plan-file.ts'

/** The load and the objectives of a plan, to be asked of two sides alike: one phase, in which nothing is broken. */
export function comparedPlan({ file, document }: PlanDocument, lengthMs: number): PlanDocument {
  const { load, objectives } = file.spec
  refuseTwoPromises(file.metadata.name, objectives)
  const spec: PlanFile['spec'] = {
    ...(load === undefined ? {} : { load }),
    phases: [{ name: 'compared', for: `${Math.ceil(lengthMs / 1000)}s` }],
    objectives: withoutPhases(objectives),
  }
  return { file: { ...file, spec }, document }
}

type Objectives = PlanFile['spec']['objectives']

/** What is asked of several phases is asked once; it is advisory only where it is so in all of them. */
function withoutPhases(objectives: Objectives): Objectives {
  const required = objectives.filter(({ advisory }) => advisory !== true)
  const asked = [...objectives, ...required].map(({ phases: _, ...rest }) => rest)
  return [...new Map(asked.map((one) => [nameOf(one), one])).values()]
}

const nameOf = ({ as, slo }: Objectives[number]): string => as ?? slo

/** Two of one name that promise different things would be compared by the one or the other: nobody could tell which. */
function refuseTwoPromises(plan: string, objectives: Objectives): void {
  for (const first of objectives) {
    const other = objectives.find(
      (one) => nameOf(one) === nameOf(first) && PROMISED.some((key) => one[key] !== first[key]),
    )
    if (other === undefined) continue
    throw new GauntletError(
      'TWO_PROMISES',
      `plan ${plan} asks ${nameOf(first)} twice, once with ${promiseOf(first)} and once with ${promiseOf(other)}`,
      { hint: 'a comparison has no phases to tell them apart by: give one of them another name, as: NAME' },
    )
  }
}

const PROMISED = ['slo', 'target', 'within', 'value'] as const

/** `target 0.9`, `slo soon, within 300ms` */
const promiseOf = (objective: Objectives[number]): string =>
  PROMISED.filter((key) => objective[key] !== undefined)
    .map((key) => `${key} ${objective[key]}`)
    .join(', ')

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

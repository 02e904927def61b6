import { evidenceOf, statisticOf } from '../annotations.ts'
import type { ResolvedObjective, ResolvedSlo } from '../resolved.ts'
import { whyForegone } from '../rules/limit.ts'
import type { Counted } from './counted.ts'
import type { Refusal } from './refusal.ts'

/** What a plan asks in place of what the SLO says. */
export interface Override {
  readonly target?: number | undefined
  readonly withinMs?: number | undefined
  readonly value?: number | undefined
}

/** Why an SLO cannot be asked so. */
export function whyNotSo(over: Override, { objectives, slo }: ResolvedSlo): Refusal[] {
  const { target, withinMs, value } = over
  const first = target !== undefined ? 'target' : withinMs !== undefined ? 'within' : 'value'
  const [one] = objectives
  if (target === undefined && withinMs === undefined && value === undefined) return []
  if (objectives.length > 1 || one === undefined)
    return [
      {
        of: first,
        why: `it has ${objectives.length} objectives, and which is meant is not said`,
        hint: 'write an SLO of its own for this one',
      },
    ]
  return [
    ...(target === undefined ? [] : whyNotTarget(target, slo.metadata)),
    ...(value === undefined ? [] : whyNotValue(value, one)),
  ]
}

function whyNotTarget(target: number, metadata: ResolvedSlo['slo']['metadata']): Refusal[] {
  const statistic = statisticOf(metadata)
  const of = 'target'
  if (evidenceOf(metadata) === 'census')
    return [{ of, why: 'a census has no target', hint: 'none of the listed may be bad' }]
  if (statistic !== 'share')
    return [{ of, why: `a ${statistic} has no target`, hint: 'give value: another limit' }]
  const hint =
    'for an SLO of which none may be bad, use a census:\nmetadata: { annotations: { gauntlet/evidence: census } }'
  return target < 1 ? [] : [{ of, why: `target ${target} leaves nothing that may be bad`, hint }]
}

function whyNotValue(value: number, { indicator, objective }: ResolvedObjective): Refusal[] {
  const of = 'value'
  if (indicator?.thresholdMetric === undefined)
    return [{ of, why: 'it compares no value', hint: 'only a thresholdMetric does; a time limit is within' }]
  const { op } = objective
  const why = op === undefined ? undefined : whyForegone(indicator, { op, value })
  return why === undefined ? [] : [{ of, why, hint: 'expected a limit above 0' }]
}

/** The objective with the target and the value that the plan asks. */
export function asAsked(one: ResolvedObjective, { target, value }: Override): ResolvedObjective {
  const { targetPercent, ...rest } = one.objective
  const share = target === undefined ? (targetPercent === undefined ? {} : { targetPercent }) : { target }
  return { ...one, objective: { ...rest, ...share, ...(value === undefined ? {} : { value }) } }
}

/** The same events with another time limit; undefined when there is none to replace. */
export function withinReplaced(counted: Counted, withinMs: number): Counted | undefined {
  const { good, bad } = counted
  if (good?.withinMs !== undefined) return { ...counted, good: { ...good, withinMs } }
  return bad?.withinMs === undefined ? undefined : { ...counted, bad: { ...bad, withinMs } }
}

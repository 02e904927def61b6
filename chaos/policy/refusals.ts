import type {
  PlannedExperiment,
  PlannedFault,
  PlannedPhase,
  Target,
  TargetProcess,
} from '../../reports/run/index.ts'
import type { Refusal } from '../faults/index.ts'
import { labelsInWords } from '../radius/blast-radius.ts'
import type { Policy } from './policy.ts'
import { processesOf, type Reach, reachOf } from './reach.ts'
import { isWithin, windowInWords } from './windows.ts'

export interface PolicyRefusal extends Refusal {
  readonly experiment: string
}

export interface PolicyScene {
  readonly target: Target
  readonly phases: readonly Pick<PlannedPhase, 'name' | 'startMs' | 'durationMs'>[]
  /** protected names that the plan takes upon itself, in words */
  readonly allowProtected: readonly string[]
  /** when the run would start, ms since 1970 */
  readonly nowMs: number
}

interface TimedFault {
  readonly experiment: string
  readonly startMs: number
  readonly endMs: number
  readonly reach: Reach
}

/** Every rule of the policy that these experiments would break, each named. Pure. */
export function policyRefusals(
  experiments: readonly PlannedExperiment[],
  policy: Policy,
  scene: PolicyScene,
): PolicyRefusal[] {
  const faults = experiments.flatMap((one) => one.faults.map((fault) => timed(one, fault, scene)))
  const each = faults.flatMap((fault) =>
    [
      ...ofProtected(fault, policy, scene),
      ...ofShare(fault, faults, policy, scene),
      ...ofWindows(fault, policy),
    ].map((refusal) => ({ experiment: fault.experiment, ...refusal })),
  )
  const all = [...each, ...ofConcurrency(faults, policy)]
  return [...new Map(all.map((one) => [`${one.experiment} ${one.why}`, one])).values()]
}

function timed(
  { name, phase }: PlannedExperiment,
  fault: PlannedFault,
  { target, phases, nowMs }: PolicyScene,
): TimedFault {
  const { startMs = 0, durationMs = 0 } = phases.find((one) => one.name === phase) ?? {}
  const from = nowMs + startMs + fault.atMs
  const endMs = from + (fault.forMs ?? Math.max(0, durationMs - fault.atMs))
  return { experiment: name, startMs: from, endMs, reach: reachOf(fault, target) }
}

/** What is protected, and what of it this fault may hit. */
function ofProtected({ reach }: TimedFault, { spec }: Policy, scene: PolicyScene): Refusal[] {
  const { targets = [], processes = [], links = [], labels = {} } = spec.protected ?? {}
  const { target, allowProtected } = scene
  const hit = (name: string, what: string) => ({ name, what })
  const hits = [
    ...targets.filter((one) => one === target.name).map((one) => hit(one, `the target ${one}`)),
    ...reach.victims.flatMap((victim) => {
      if ('pid' in victim)
        return processes.includes(victim.name) ? [hit(victim.name, `the process ${victim.name}`)] : []
      return victim.kind === 'link' && links.includes(victim.name)
        ? [hit(victim.name, `the link ${victim.name}`)]
        : []
    }),
    ...Object.entries(labels).flatMap(([key, value]) => {
      const found = processesOf(reach, target).find((one) => one.labels[key] === value)
      const label = labelsInWords({ [key]: value })
      return found === undefined ? [] : [hit(label, `the label ${label} (${found.name})`)]
    }),
  ]
  return hits
    .filter(({ name }) => !allowProtected.includes(name))
    .map(({ name, what }) => ({
      why: `it may hit ${what}, which the policy protects`,
      hint: `narrow its selector, or say in the plan why: allowProtected: [{ name: "${name}", why: … }]`,
    }))
}

/** Together with what others may hit meanwhile, told of the one that begins last. */
function ofShare(
  fault: TimedFault,
  faults: readonly TimedFault[],
  { spec }: Policy,
  { target }: PolicyScene,
): Refusal[] {
  const on = onWith(fault, faults)
  const reached = processesOf(fault.reach, target)
  return Object.entries(spec.greatestShare ?? {}).flatMap(([key, share]) => {
    const values = [...new Set(reached.flatMap(({ labels }) => labels[key] ?? []))]
    return values.flatMap((value) => {
      const has = (one: { readonly labels: Readonly<Record<string, string>> }): boolean =>
        one.labels[key] === value
      const all = target.processes.filter(has).length
      const hit = mostHit(on, has, target)
      if (hit <= all * share) return []
      const others = hit > mostHit([fault], has, target) ? ', with what is on meanwhile,' : ''
      return [
        {
          why: `it may${others} hit ${hit} of the ${all} processes with ${key}=${value}; the policy's greatest share is ${share * 100} %`,
          hint: 'narrow its selector or mode, or run more of these processes',
        },
      ]
    })
  })
}

/** Whatever is drawn, no more of these processes are hit at once than this. */
function mostHit(on: readonly TimedFault[], has: (one: TargetProcess) => boolean, target: Target): number {
  const reached = on.map(({ reach }) => ({ reach, names: processesOf(reach, target).filter(has) }))
  const each = reached.reduce((sum, { reach, names }) => sum + Math.min(reach.mostAtOnce, names.length), 0)
  return Math.min(each, new Set(reached.flatMap(({ names }) => names)).size)
}

function ofWindows(fault: TimedFault, { spec: { windows } }: Policy): Refusal[] {
  if (windows === undefined || isWithin(windows, fault)) return []
  const [from, to] = [fault.startMs, fault.endMs].map((ms) => new Date(ms).toISOString().slice(0, 16))
  return [
    {
      why: `it would be on from ${from} to ${to} UTC, outside of the policy's windows`,
      hint: `allowed: ${windows.map(windowInWords).join('; ')}`,
    },
  ]
}

/** Told of the fault that is one too many. */
function ofConcurrency(faults: readonly TimedFault[], { spec: { concurrency } }: Policy): PolicyRefusal[] {
  if (concurrency === undefined) return []
  return faults.flatMap((fault) => {
    const on = onWith(fault, faults)
    if (on.length <= concurrency) return []
    const why = `it would be fault ${on.length} that is on at once; the policy allows ${concurrency}`
    return [
      {
        experiment: fault.experiment,
        why,
        hint: 'put them into phases of their own, or one after the other',
      },
    ]
  })
}

/** The fault itself, and what is on when it begins; of those that begin in the same moment the ones before it. */
function onWith(fault: TimedFault, faults: readonly TimedFault[]): TimedFault[] {
  const { startMs } = fault
  const n = faults.indexOf(fault)
  return faults.filter(
    (one, m) =>
      m === n || (one.startMs <= startMs && startMs < one.endMs && (one.startMs < startMs || m < n)),
  )
}

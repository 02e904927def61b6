import {
  GauntletError,
  type PlannedExperiment,
  type Target,
  type TargetProcess,
  type Victim,
} from '../../reports/run/index.ts'

type BlastRadius = PlannedExperiment['blastRadius']
type Labels = Readonly<Record<string, string>>

export function labelsInWords(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
}

export function radiusInWords(radius: BlastRadius): string {
  return `${radius.mode === 'one' ? 'one' : radius.value} of the processes with ${labelsInWords(radius.labels)}`
}

/** The target's processes that carry every one of these labels. */
export function withLabels(target: Target, labels: Labels): TargetProcess[] {
  return target.processes.filter((one) =>
    Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  )
}

/** Living processes within the radius; which of them is decided by the seed, so that a run can be repeated. */
export function selectVictims(target: Target, radius: BlastRadius, seed: number): Victim[] {
  const alive = withLabels(target, radius.labels).flatMap(({ name, pid, startedAt }) =>
    pid === undefined || startedAt === undefined ? [] : [{ name, pid, startedAt }],
  )
  const names = new Set(alive.map((one) => one.name))
  if (names.size < alive.length)
    throw new GauntletError(
      'NAMES_TWICE',
      `${target.name} describes two processes of one name with ${labelsInWords(radius.labels)}`,
      {
        hint: 'a process is followed by its name when it is replaced: give each its own, such as worker-1 and worker-2',
        exit: 'machinery',
      },
    )
  if (alive.length < radius.value) {
    const hint = describedProcesses(target)
    throw new GauntletError('NO_TARGETS', tooFew(target, radius, alive.length), { hint })
  }
  return Array.from({ length: radius.value }, (_, n) => alive[(seed + n) % alive.length]!)
}

/** Why a target can never offer what the radius asks for, and what it has; undefined when it can. */
export function whyOutOfReach(
  target: Target,
  radius: BlastRadius,
): { why: string; hint: string } | undefined {
  if (target.control === undefined)
    return {
      why: `${target.name} offers no control, so its processes cannot be told apart or brought back`,
      hint: 'describe target.control, as in reports/run/target.schema.json',
    }
  const found = withLabels(target, radius.labels).length
  return found < radius.value
    ? { why: tooFew(target, radius, found), hint: describedProcesses(target) }
    : undefined
}

function tooFew(target: Target, radius: BlastRadius, found: number): string {
  return `${found} processes of ${target.name} have ${labelsInWords(radius.labels)}, ${radius.value} wanted`
}

function describedProcesses(target: Target): string {
  const known = target.processes.map((one) => `${one.name} (${labelsInWords(one.labels)})`)
  return known.length === 0 ? `${target.name} describes no processes` : `it describes ${known.join(', ')}`
}

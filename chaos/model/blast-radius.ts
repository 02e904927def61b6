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

export function radiusInWords({ labels, mode, value }: BlastRadius): string {
  const many = { one: 'one', all: 'all', fixed: String(value), 'fixed-percent': `${value} %` }[mode]
  return `${many} of the processes with ${labelsInWords(labels)}`
}

/** The target's processes that carry every one of these labels. */
export function withLabels(target: Target, labels: Labels): TargetProcess[] {
  return target.processes.filter((one) =>
    Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  )
}

/** The living processes that are hit; which of them is decided by the seed, so that a run can be repeated. */
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
  const count = howMany(radius, alive.length)
  if (count > 0) return Array.from({ length: count }, (_, n) => alive[(seed + n) % alive.length]!)
  const labels = labelsInWords(radius.labels)
  const why =
    alive.length === 0
      ? `0 living processes of ${target.name} have ${labels}`
      : `${radius.value} % of ${alive.length} living processes of ${target.name} with ${labels} are none`
  throw new GauntletError('NO_TARGETS', why, { hint: describedProcesses(target) })
}

/** As Chaos Mesh counts: never more than there are, and percents are rounded down. */
function howMany({ mode, value }: BlastRadius, alive: number): number {
  switch (mode) {
    case 'one':
      return Math.min(1, alive)
    case 'all':
      return alive
    case 'fixed':
      return Math.min(value, alive)
    case 'fixed-percent':
      return Math.floor((alive * value) / 100)
    default:
      return mode satisfies never
  }
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
  return withLabels(target, radius.labels).length === 0
    ? {
        why: `0 processes of ${target.name} have ${labelsInWords(radius.labels)}`,
        hint: describedProcesses(target),
      }
    : undefined
}

function describedProcesses(target: Target): string {
  const known = target.processes.map((one) => `${one.name} (${labelsInWords(one.labels)})`)
  return known.length === 0 ? `${target.name} describes no processes` : `it describes ${known.join(', ')}`
}

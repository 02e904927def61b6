import {
  GauntletError,
  type PlannedExperiment,
  type Target,
  type TargetProcess,
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
export function selectVictims(target: Target, radius: BlastRadius, seed: number) {
  const alive = withLabels(target, radius.labels).flatMap(({ name, pid, startedAt }) =>
    pid === undefined || startedAt === undefined ? [] : [{ name, pid, startedAt }],
  )
  const wanted = radius.mode === 'one' ? 1 : radius.value
  if (alive.length < wanted) throw tooFew(target, radius, alive.length, wanted)
  const first = seed % alive.length
  return Array.from({ length: wanted }, (_, n) => alive[(first + n) % alive.length]!)
}

function tooFew(target: Target, radius: BlastRadius, found: number, wanted: number): GauntletError {
  const labels = labelsInWords(radius.labels)
  const known = target.processes.map((one) => `${one.name} (${labelsInWords(one.labels)})`).join(', ')
  return new GauntletError(
    'NO_TARGETS',
    `${found} living processes of ${target.name} have ${labels}, ${wanted} wanted`,
    {
      hint: known === '' ? `${target.name} describes no processes` : `it describes ${known}`,
    },
  )
}

import {
  GauntletError,
  type ProcessVictim,
  type Target,
  type TargetProcess,
} from '../../reports/run/index.ts'
// not from the index: a manifest may hold a probe, and probes ask about processes
import { isSelected } from './selected.ts'
import type { Selector } from './selector.ts'

/** Selector, mode and value, as Chaos Mesh has them. */
export interface BlastRadius {
  readonly selector: Selector
  readonly mode: string
  readonly value?: string
}

type Labels = Readonly<Record<string, string>>

export function labelsInWords(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
}

export function radiusInWords({ selector, mode, value = '1' }: BlastRadius, things = 'processes'): string {
  const many = mode === 'fixed' ? value : mode.endsWith('-percent') ? `${value} %` : mode
  return `${mode.startsWith('random') ? 'up to ' : ''}${many} of the ${things} ${selectorInWords(selector)}`
}

/** `with app=worker`; all that a selector asks must hold. */
export function selectorInWords({
  labelSelectors,
  expressionSelectors = [],
  fieldSelectors,
}: Selector): string {
  const words = [
    ...(labelSelectors === undefined ? [] : [labelsInWords(labelSelectors)]),
    ...expressionSelectors.map(({ key, operator, values = [] }) =>
      [key, operator, values.join(' or ')].filter((word) => word !== '').join(' '),
    ),
    ...Object.entries(fieldSelectors ?? {}).map(([key, value]) => `${key}=${value}`),
  ]
  return `with ${words.join(', ')}`
}

/** The target's processes that carry every one of these labels. */
export function withLabels(target: Target, labels: Labels): TargetProcess[] {
  return target.processes.filter((one) => isSelected(one, { labelSelectors: { ...labels } }))
}

/** The living processes that are hit; which of them is decided by the seed, so that a run can be repeated. */
export function selectVictims(target: Target, radius: BlastRadius, seed: number): ProcessVictim[] {
  const { selector } = radius
  refuseSharedPort(target, selector)
  const alive = target.processes
    .filter((one) => isSelected(one, selector))
    .flatMap(({ name, pid, startedAt }) =>
      pid === undefined || startedAt === undefined ? [] : [{ name, pid, startedAt }],
    )
  refuseNamesTwice(alive, target, selector)
  const hit = selectSome(alive, radius, seed)
  if (hit.length > 0) return hit
  const words = `living processes of ${target.name}`
  const why =
    alive.length === 0
      ? `0 ${words} ${selectorInWords(selector)}`
      : `${radius.value} % of ${alive.length} ${words} ${selectorInWords(selector)} are none`
  throw new GauntletError('NO_TARGETS', why, { hint: describedProcesses(target) })
}

/** So many of them as the mode says, from a place that the seed chooses, round to the first again. */
export function selectSome<Item>(
  all: readonly Item[],
  radius: Pick<BlastRadius, 'mode' | 'value'>,
  seed: number,
): Item[] {
  return Array.from({ length: howMany(radius, all.length, seed) }, (_, n) => all[(seed + n) % all.length]!)
}

/** As Chaos Mesh counts: never more than there are, and percents are rounded down. */
function howMany(
  { mode, value = '1' }: Pick<BlastRadius, 'mode' | 'value'>,
  there: number,
  seed: number,
): number {
  switch (mode) {
    case 'one':
      return Math.min(1, there)
    case 'all':
      return there
    case 'fixed':
      return Math.min(Number(value), there)
    case 'fixed-percent':
      return Math.floor((there * Number(value)) / 100)
    case 'random-max-percent':
      // up to so many percent, and one at least where that is one: none would be no fault
      return there === 0 ? 0 : 1 + (seed % Math.max(1, Math.floor((there * Number(value)) / 100)))
    default:
      throw new GauntletError('UNKNOWN_MODE', `"${mode}" is no mode of a blast radius`)
  }
}

/**
 * Who runs and has no pid, in a target that nobody can be asked about, shares his port with others: whoever of them is
 * hit, the rest may answer in his place, and the fault would be seen and change nothing.
 */
function refuseSharedPort({ name: target, control, processes }: Target, selector: Selector): void {
  const shared = processes.find(
    (one) => isSelected(one, selector) && one.state === 'ready' && one.pid === undefined,
  )
  if (control !== undefined || shared === undefined) return
  const { name, port } = shared
  throw new GauntletError(
    'PORT_SHARED',
    `several processes listen on the port ${port}, and none of them alone is ${name} of ${target}`,
    {
      hint: 'describe target.control, as in reports/run/target.schema.json: its GET /describe tells the pid of each process',
      exit: 'machinery',
    },
  )
}

function refuseNamesTwice(alive: readonly ProcessVictim[], target: Target, selector: Selector): void {
  if (new Set(alive.map(({ name }) => name)).size === alive.length) return
  throw new GauntletError(
    'NAMES_TWICE',
    `${target.name} describes two processes of one name ${selectorInWords(selector)}`,
    {
      hint: 'a process is followed by its name when it is replaced: give each its own, such as worker-1 and worker-2',
      exit: 'machinery',
    },
  )
}

/** Why a target can never offer what the radius asks for, and what it has; undefined when it can. */
export function whyOutOfReach(
  target: Target,
  { selector }: BlastRadius,
): { why: string; hint: string } | undefined {
  if (target.control === undefined)
    return {
      why: `${target.name} offers no control, so its processes cannot be told apart or brought back`,
      hint: 'describe target.control, as in reports/run/target.schema.json',
    }
  return whyNobody(target, selector)
}

/** Why nobody can be meant; undefined when it describes somebody who is. */
export function whyNobody(target: Target, selector: Selector): { why: string; hint: string } | undefined {
  return target.processes.some((one) => isSelected(one, selector))
    ? undefined
    : {
        why: `0 processes of ${target.name} ${selectorInWords(selector)}`,
        hint: describedProcesses(target),
      }
}

export function describedProcesses(target: Target): string {
  const known = target.processes.map((one) => `${one.name} (${labelsInWords(one.labels)})`)
  return known.length === 0 ? `${target.name} describes no processes` : `it describes ${known.join(', ')}`
}

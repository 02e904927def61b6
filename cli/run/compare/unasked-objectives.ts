import {
  type ComparedObjective,
  type ComparedSide,
  list,
  SIDE_NAMES,
  type Sides,
} from '../../../reports/run/index.ts'
import type { ComparedPairs, OpenFigure } from './figures.ts'
import { answeredFigure, cpuFigure } from './objective-figures.ts'

/** An objective before its figures are decided. */
export interface OpenObjective extends Omit<ComparedObjective, 'verdict' | 'figures'> {
  readonly open: readonly OpenFigure[]
}

/** What the plan asks, and what is compared of any plan: CPU time where it was read, and answers beside all that is required. */
export function withUnasked(
  asked: readonly OpenObjective[],
  { sides, pairs }: { readonly sides: Sides; readonly pairs: ComparedPairs },
): OpenObjective[] {
  const cpu = cpuLeftOut(sides) === '' ? [cpuObjective(cpuFigure(pairs))] : []
  const isAnythingRequired = [...cpu, ...asked].some(({ advisory }) => !advisory)
  const answered = isAnythingRequired ? [answeredObjective(answeredFigure(pairs))] : []
  return [...cpu, ...answered, ...asked]
}

const cpuObjective = (figure: OpenFigure): OpenObjective => ({
  name: 'cpu-per-request',
  title: 'CPU time of the platform, a request',
  advisory: false,
  promised: '',
  noun: 'requests',
  open: [figure],
})

/** A head that answers with errors is cheap and quick: no other figure may be without this one. */
const answeredObjective = (figure: OpenFigure): OpenObjective => ({
  name: 'all-answered',
  title: 'Requests of all kinds, answered well',
  advisory: false,
  promised: '',
  noun: 'requests',
  open: [figure],
})

/** Why CPU time is not compared; empty when it is. */
export function cpuLeftOut({ base, head }: Sides): string {
  const names = { base: namesOf(base), head: namesOf(head) }
  const silent = SIDE_NAMES.filter((side) => names[side].length === 0)
  if (silent.length > 0) return `CPU time, as the ${silent.join(' and the ')} tells no pids of its processes`
  if (names.base.join(' ') === names.head.join(' ')) return ''
  return `CPU time, as it was read of ${list(names.base)} in the base and of ${list(names.head)} in the head`
}

/** As many of one name as a build likes. */
const namesOf = ({ processes }: ComparedSide): string[] => [...new Set(processes)].toSorted()

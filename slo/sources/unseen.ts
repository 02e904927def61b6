import {
  type LoadSecond,
  type Measure,
  OTHERS,
  type PhaseWindow,
  type Plan,
} from '../../reports/run/index.ts'

/** A load, and the plan whose objectives' names it keeps apart; without one nothing else is asked of it. */
export interface Loaded {
  readonly load: readonly LoadSecond[]
  readonly plan?: Plan
}

/** Events that were not seen, or not told apart: each may have been bad. */
export interface Unseen {
  /** how many in each second; parts of one where an iteration makes less than one */
  readonly bySecond: ReadonlyMap<number, number>
  /** why; empty when there are none */
  readonly note: string
}

const NONE: Unseen = { bySecond: new Map(), note: '' }

/** What may be missing among the events of this measure in these phases. */
export function unseenOf(total: Measure, { load, plan }: Loaded, windows: readonly PhaseWindow[]): Unseen {
  const own = load.filter(({ second }) =>
    windows.some(({ fromSecond, toSecond }) => second >= fromSecond && second < toSecond),
  )
  const unmade = total.measure === 'check' || total.measure === 'metric' ? notMade(total, own) : NONE
  return unmade.note === '' && plan !== undefined ? notApart(total, own, plan) : unmade
}

/**
 * Checks and metrics that an iteration would have made which was dropped, was interrupted, or threw. Requests of such
 * iterations are in the load; what else they do is known of those that completed, on average.
 */
function notMade(total: Measure, load: readonly LoadSecond[]): Unseen {
  const isOwn = ({ measure, name, scenario }: Measure): boolean =>
    measure === total.measure && (total.name ?? name) === name && (total.scenario ?? scenario) === scenario
  const made = load.flatMap(({ series }) => series.filter(isOwn))
  const scenarios = new Set(made.map(({ scenario }) => scenario))
  const iterations = load.flatMap(({ second, series }) =>
    series
      .filter(({ measure, scenario }) => measure === 'iteration' && scenarios.has(scenario))
      .map(({ outcome, count }) => ({ second, count, isWhole: outcome === 'ok' })),
  )
  const cut = iterations.filter(({ isWhole }) => !isWhole)
  if (cut.length === 0) return NONE
  const whole = sum(iterations.filter(({ isWhole }) => isWhole))
  const eachMakes = whole === 0 ? 1 : sum(made) / whole
  return {
    bySecond: added(cut.map(({ second, count }) => ({ second, count: count * eachMakes }))),
    note: `${sum(cut)} of ${sum(iterations)} iterations did not complete; what they would have shown is not known.`,
  }
}

/** Of a name that no objective of the plan asked for, a part may lie among the names that were not kept apart. */
function notApart({ measure, name, scenario }: Measure, load: readonly LoadSecond[], plan: Plan): Unseen {
  if (name === undefined || name === OTHERS || asked(plan).has(name)) return NONE
  const others = load.flatMap(({ second, series }) =>
    series
      .filter(
        (one) =>
          one.measure === measure && one.name === OTHERS && (scenario ?? one.scenario) === one.scenario,
      )
      .map(({ count }) => ({ second, count })),
  )
  if (others.length === 0) return NONE
  return {
    bySecond: added(others),
    note: `${sum(others)} more are counted under ${OTHERS}, of names that the run did not keep apart; some may be of this one.`,
  }
}

const asked = ({ objectives }: Plan): ReadonlySet<string | undefined> =>
  new Set(
    objectives
      .flatMap(({ total, good, bad, members = [] }) => [{ total, good, bad }, ...members])
      .flatMap(({ total, good, bad }) => [total.name, good?.name, bad?.name]),
  )

interface Counted {
  readonly second: number
  readonly count: number
}

function added(all: readonly Counted[]): Map<number, number> {
  const bySecond = new Map<number, number>()
  for (const { second, count } of all) bySecond.set(second, (bySecond.get(second) ?? 0) + count)
  return bySecond
}

const sum = (all: readonly { readonly count: number }[]): number =>
  all.reduce((total, { count }) => total + count, 0)

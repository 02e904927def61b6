import type { LoadSecond, PlannedObjective } from '../../../reports/run/index.ts'
import { allowedRatio, decide } from '../../../slo/judge/decide.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { mostTogether } from '../../../slo/judge/statistics/most-together.ts'
import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'
import { sampleOfLoad } from '../../../slo/sources/load.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'
import { windowOf } from './gate/load.ts'
import { ALONE, mixed, outages, type Pattern, type Run, wandering } from './outcomes/bad-events.ts'

/** The true bad ratio is so many times the allowed one. */
const TRUTHS = [0.1, 0.9, 1.1] as const
const RISK = 0.025

const PROMISES = [
  { targetRatio: 0.95, perSecond: 100 },
  { targetRatio: 0.99, perSecond: 100 },
  { targetRatio: 0.999, perSecond: 1_000 },
] as const
const LENGTHS = [60, 600] as const
/** Two figures that are meant to be equal differ by the rounding of doubles. */
const ROUNDED = 1.001

/** What a run without a bad event says that it holds up to; any other says less. */
const mostStated = ({ seconds, perSecond, allowed }: Run): number =>
  mostTogether({ events: seconds * perSecond, bad: 0 }, allowed) ?? 0

/** Outages whose bad events hang together so many times as far as is stated at the most. */
const equal = (times: number): Pattern =>
  outages(`equal outages ${times} × as stated`, 'equal', (run) => (times * mostStated(run)) / run.perSecond)
const uneven = (times: number): Pattern =>
  outages(
    `outages ${times} × as stated`,
    'exponential',
    (run) => (times * mostStated(run)) / 2 / run.perSecond,
  )

const PATTERNS: readonly Pattern[] = [
  ALONE,
  ...[0.1, 0.25, 0.5, 1].map(equal),
  ...[0.25, 0.5, 1, 4].map(uneven),
  ...[1, 3].map((seconds) => outages(`outages of ${seconds} s`, 'exponential', () => seconds)),
  ...[0.2, 0.5].map((share) => mixed(share, uneven(1 / share))),
  ...[0.5, 0.9, 0.97, 0.99].map(wandering),
]

interface Row extends Run {
  readonly name: string
  readonly pattern: Pattern
  readonly objective: PlannedObjective
  /** how far what is bad hangs together */
  readonly effect: number
  /** no further than any of its verdicts may state */
  readonly isWithin: boolean
}

const ROWS: readonly Row[] = PROMISES.flatMap((promise) =>
  LENGTHS.flatMap((seconds) => {
    const objective = outcomesAt(promise.targetRatio)
    const run = { seconds, perSecond: promise.perSecond, allowed: allowedRatio(objective) }
    return PATTERNS.map((pattern) => {
      const effect = pattern.effect(run)
      const name = `${objective.promised} in ${seconds} s, ${pattern.name}`
      return { ...run, pattern, objective, effect, name, isWithin: effect <= ROUNDED * mostStated(run) }
    })
  }),
)
const CELLS = ROWS.flatMap((row) => TRUTHS.map((truth) => ({ ...row, truth, name: `${row.name} ×${truth}` })))

function outcomesAt(targetRatio: number): PlannedObjective {
  const request = { measure: 'request' } as const
  return {
    ...{ name: 'availability', title: 'Availability', advisory: false, phases: ['all'], evidence: 'sample' },
    ...{ total: request, good: { ...request, outcome: 'ok' }, targetRatio },
    ...{ promised: `${100 * targetRatio} %`, noun: 'requests' },
  }
}

/** The record that such a run would leave. */
const recordOf = (bad: readonly number[], perSecond: number): LoadSecond[] =>
  bad.map((count, second) => {
    const series = (outcome: 'ok' | 'bad', count: number) => ({
      ...{ measure: 'request' as const, scenario: 'load', name: 'request' },
      ...{ outcome, count, over: {}, sketch: [] },
    })
    return {
      ...{ schema: 'gauntlet/load/1', second },
      series: [series('ok', perSecond - count), series('bad', count)],
    }
  })

/** One run of each cell: a letter each; `M` is a met one that says itself that it does not hold so far. */
function judgedRuns(seed: number): TrialResult {
  const random = mulberry32(seed)
  const said = CELLS.map(({ pattern, objective, truth, effect, seconds, perSecond, allowed }) => {
    const bad = pattern.draw({ seconds, perSecond, allowed, ratio: truth * allowed }, random)
    const load = recordOf(bad, perSecond)
    const sample = sampleOfLoad(objective, { load }, [windowOf(seconds)])
    const { kept, broken, independence } = decide(sample, allowed)
    const holdsUpTo = independence?.holdsUpTo?.events ?? 0
    return kept ? (effect <= ROUNDED * holdsUpTo ? 'm' : 'M') : broken(RISK) ? 'v' : 'i'
  })
  return { said: said.join('') }
}

/** Of each cell the share of runs that say met, met so far as they state, and violated. */
export function sharesOf(results: readonly TrialResult[]) {
  const share = (cell: number, letter: string): number =>
    results.filter(({ said }) => String(said)[cell] === letter).length / results.length
  return CELLS.map((cell, n) => {
    const [stated, violated] = [share(n, 'm'), share(n, 'v')]
    const wrong = cell.truth > 1 ? stated : cell.isWithin ? violated : 0
    return { ...cell, met: stated + share(n, 'M'), stated, violated, wrong }
  })
}

function conclude(results: readonly TrialResult[]): Conclusion {
  const cells = sharesOf(results)
  for (const { name, met, stated, violated, isWithin } of cells)
    console.log(
      `${name.padEnd(72)} met ${met.toFixed(3)}, as stated ${stated.toFixed(3)}  violated ${violated.toFixed(3)}${isWithin ? '' : '  beyond what is stated'}`,
    )
  const worst = Math.max(...cells.map(({ wrong }) => wrong))
  console.log(`wrong in ${worst} of runs at most`)
  const counts = { events: results.length, bad: Math.round(worst * results.length) }
  return {
    verdict: worst <= RISK ? 'met' : 'violated',
    figure: worst,
    interval: [lowerBound(counts), upperBound(counts)],
    unit: 'share of runs called wrongly, the worst cell',
    cells: Object.fromEntries(
      cells.filter(({ truth, isWithin }) => truth < 0.5 && isWithin).map(({ name, met }) => [name, met]),
    ),
  }
}

export const proof: ProofWork = {
  claim:
    'where outcomes are counted, at most 2.5 % of runs say met at 1.10 × what is allowed although they state that they hold as far as what is bad hangs together; and at most as many say violated at 0.90 ×, where it hangs together no further than a run can state',
  trials: 2_000,
  seed: 20261121,
  trial: async (seed) => judgedRuns(seed),
  conclude,
}

import type { LoadSecond, PlannedObjective } from '../../../reports/run/index.ts'
import { allowedRatio, decide } from '../../../slo/judge/decide.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { mostTogether } from '../../../slo/judge/statistics/most-together.ts'
import { mulberry32 } from '../../../slo/judge/statistics/mulberry32.ts'
import { sampleOfLoad } from '../../../slo/sources/load.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'
import { windowOf } from './gate/load.ts'
import { ALONE, outages, type Pattern, type Run, wandering } from './outcomes/bad-events.ts'

/** The true bad ratio is so many times the allowed one. */
const TRUTHS = [0.1, 0.9, 1.1] as const
const RISK = 0.025

const PROMISES = [
  { targetRatio: 0.95, perSecond: 100 },
  { targetRatio: 0.99, perSecond: 100 },
  { targetRatio: 0.999, perSecond: 1_000 },
] as const
const LENGTHS = [60, 600] as const

/** What a run without a bad event says that it holds up to. */
const statedBy = ({ seconds, perSecond, allowed }: Run): number =>
  mostTogether({ events: seconds * perSecond, bad: 0 }, allowed) ?? 0

/** Of outages whose bad events hang together so many times as far as is stated. */
const stated = (times: number): Pattern =>
  outages(`outages, ${times} × as stated`, (run) => (times * statedBy(run)) / 2 / run.perSecond)

const PATTERNS: readonly Pattern[] = [
  ALONE,
  ...[0.25, 0.5, 1, 4, 16].map(stated),
  ...[1, 3].map((seconds) => outages(`outages of ${seconds} s`, () => seconds)),
  ...[0.5, 0.9, 0.97, 0.99].map(wandering),
]

interface Row extends Run {
  readonly name: string
  readonly pattern: Pattern
  readonly objective: PlannedObjective
  /** what is bad hangs together no further than the verdict says that it holds up to */
  readonly isClaimed: boolean
}

const ROWS: readonly Row[] = PROMISES.flatMap((promise) =>
  LENGTHS.flatMap((seconds) => {
    const objective = outcomesAt(promise.targetRatio)
    const run = { seconds, perSecond: promise.perSecond, allowed: allowedRatio(objective) }
    return PATTERNS.map((pattern) => ({
      ...{ ...run, pattern, objective, name: `${objective.promised} in ${seconds} s, ${pattern.name}` },
      isClaimed: pattern.effect(run) <= statedBy(run) * (1 + 1e-9),
    }))
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

/** One run of each cell: a letter each. */
function judgedRuns(seed: number): TrialResult {
  const random = mulberry32(seed)
  const said = CELLS.map(({ pattern, objective, truth, seconds, perSecond, allowed }) => {
    const bad = pattern.draw({ seconds, perSecond, allowed, ratio: truth * allowed }, random)
    const load = recordOf(bad, perSecond)
    const { kept, broken } = decide(sampleOfLoad(objective, { load }, [windowOf(seconds)]), allowed)
    return kept ? 'm' : broken(RISK) ? 'v' : 'i'
  })
  return { said: said.join('') }
}

/** Of each cell the share of runs that say met, and violated. */
export function sharesOf(results: readonly TrialResult[]) {
  const share = (cell: number, letter: string): number =>
    results.filter(({ said }) => String(said)[cell] === letter).length / results.length
  return CELLS.map((cell, n) => {
    const [met, violated] = [share(n, 'm'), share(n, 'v')]
    return { ...cell, met, violated, wrong: cell.truth > 1 ? met : violated }
  })
}

function conclude(results: readonly TrialResult[]): Conclusion {
  const cells = sharesOf(results)
  for (const { name, met, violated, isClaimed } of cells)
    console.log(
      `${name.padEnd(56)} met ${met.toFixed(3)}  violated ${violated.toFixed(3)}${isClaimed ? '' : '  beyond what is stated'}`,
    )
  const claimed = cells.filter(({ isClaimed }) => isClaimed)
  const worst = Math.max(...claimed.map(({ wrong }) => wrong))
  console.log(`wrong in ${worst} of runs at most, of ${claimed.length} cells within what is stated`)
  const counts = { events: results.length, bad: Math.round(worst * results.length) }
  return {
    verdict: worst > RISK ? 'violated' : 'met',
    figure: worst,
    interval: [lowerBound(counts), upperBound(counts)],
    unit: 'share of runs called wrongly, the worst cell within what is stated',
    cells: Object.fromEntries(claimed.filter(({ truth }) => truth < 0.5).map(({ name, met }) => [name, met])),
  }
}

export const proof: ProofWork = {
  claim:
    'where outcomes are counted, and what is bad hangs together no further than a verdict without a bad event says that it holds up to, met at 1.10 × and violated at 0.90 × of what is allowed are each said in at most 2.5 % of runs',
  trials: 2_000,
  seed: 20261121,
  trial: async (seed) => judgedRuns(seed),
  conclude,
}

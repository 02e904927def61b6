import type { LoadSecond } from '../../../reports/run/index.ts'
import { decide } from '../../../slo/judge/decide.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { eProcess } from '../../../slo/judge/statistics/e-process.ts'
import { sampleOfLoad } from '../../../slo/sources/load.ts'
import { type Sample, timeAt } from '../../../slo/sources/sample.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'
import { SHAPES, wander } from './gate/latencies.ts'
import { objectiveAt, recordOf, windowOf } from './gate/load.ts'
import { drawnRun, quantileOf, readTrace } from './gate/trace.ts'

const SIZES = [600, 6_000, 60_000] as const
const AUTOCORRELATIONS = [0, 0.5, 0.9, 0.95, 0.99] as const
/** The true quantile is so many times the objective. */
const TRUTHS = [0.9, 1, 1.1] as const
const RISK = 0.025
/** A guard looks after each second, at a platform that breaks exactly as much as it may. */
const PEEKING_RISK = 0.05
/** What must be decided where there is evidence enough: 60,000 events, φ ≤ 0.9. */
const DECIDED = 0.95
const TRACED_QUANTILES = [0.95, 0.99] as const

/** What is asked of one set of runs: the same events, held against three limits. */
interface Row {
  readonly name: string
  readonly quantile: number
  readonly mustDecide: boolean
  readonly record: (seed: number, limitsMs: readonly number[]) => LoadSecond[]
  readonly trueMs: number
}

const simulated: readonly Row[] = SIZES.flatMap((events, size) =>
  AUTOCORRELATIONS.flatMap((phi, nth) =>
    SHAPES.map((shape) => ({
      ...{ name: `${events} φ=${phi} ${shape.name}`, quantile: 0.95, trueMs: shape.p95Ms },
      mustDecide: events === 60_000 && phi <= 0.9,
      record: (seed: number, limitsMs: readonly number[]) =>
        recordOf(wander(events, phi, seed * 100 + size * 10 + nth), shape, limitsMs),
    })),
  ),
)

const trace = readTrace()
const traced: readonly Row[] = TRACED_QUANTILES.map((quantile) => ({
  ...{ name: `Plaza with stalls, p${100 * quantile}`, quantile, mustDecide: false },
  trueMs: quantileOf(trace, quantile),
  record: (seed) => drawnRun(trace, seed),
}))

const ROWS: readonly Row[] = [...simulated, ...traced]
const CELLS = ROWS.flatMap((row) => TRUTHS.map((truth) => ({ ...row, truth, name: `${row.name} ×${truth}` })))

/** One run of each row, held against its three limits: a letter a cell, of the gate, a plain threshold and a guard. */
function judgedRuns(seed: number): TrialResult {
  const letters = { said: '', plain: '', guard: '' }
  for (const { quantile, trueMs, record } of ROWS) {
    const limitsMs = TRUTHS.map((truth) => trueMs / truth)
    const load = record(seed, limitsMs)
    for (const limitMs of limitsMs) {
      const sample = sampleOfLoad(objectiveAt(limitMs, quantile), { load }, [windowOf(load.length)])
      const allowed = Number((1 - quantile).toPrecision(12))
      const { kept, broken } = decide(sample, allowed, limitMs)
      letters.said += kept ? 'm' : broken(RISK) ? 'v' : 'i'
      letters.plain += isBelow(sample, quantile, limitMs) ? 'm' : 'v'
      letters.guard += alarms(sample, allowed) ? 'a' : '.'
    }
  }
  return letters
}

function isBelow({ times, events }: Sample, quantile: number, limitMs: number): boolean {
  const ms = times === null ? null : timeAt(times, Math.ceil(quantile * events))
  return ms !== null && ms < limitMs
}

function alarms({ stretches }: Sample, allowed: number): boolean {
  const guard = eProcess(allowed)
  return (stretches?.[0]?.seconds ?? []).some((second) => guard.add(second))
}

type By = 'said' | 'plain' | 'guard'

const share = (results: readonly TrialResult[], by: By, cell: number, letter: string): number =>
  results.filter((result) => String(result[by])[cell] === letter).length / results.length

function conclude(results: readonly TrialResult[]): Conclusion {
  const cells = CELLS.map((cell, n) => ({
    ...cell,
    met: share(results, 'said', n, 'm'),
    violated: share(results, 'said', n, 'v'),
    plainMet: share(results, 'plain', n, 'm'),
    alarmed: share(results, 'guard', n, 'a'),
  }))
  for (const one of cells)
    console.log(
      `${one.name.padEnd(34)} met ${one.met.toFixed(3)}  violated ${one.violated.toFixed(3)}  a plain threshold passes ${one.plainMet.toFixed(3)}  a guard alarms ${one.alarmed.toFixed(3)}`,
    )
  const worst = Math.max(
    ...cells.map(({ truth, met, violated }) => (truth > 1 ? met : truth < 1 ? violated : 0)),
  )
  const peeked = Math.max(...cells.map(({ truth, alarmed }) => (truth > 1 ? 0 : alarmed)))
  const open = cells.filter(
    ({ mustDecide, truth, met, violated }) => mustDecide && truth !== 1 && met + violated < DECIDED,
  )
  for (const { name } of open) console.log(`too few are decided: ${name}`)
  console.log(
    `wrong in ${worst} of runs at most; a guard that may be looked at all the time alarms in ${peeked}`,
  )
  const counts = { events: results.length, bad: Math.round(worst * results.length) }
  return {
    verdict: worst > RISK || peeked > PEEKING_RISK || open.length > 0 ? 'violated' : 'met',
    figure: worst,
    interval: [lowerBound(counts), upperBound(counts)],
    unit: 'share of runs called wrongly, the worst cell',
    cells: Object.fromEntries(cells.map(({ name, met, violated }) => [name, met + violated])),
  }
}

export const proof: ProofWork = {
  claim:
    'met at 1.10 × and violated at 0.90 × of the objective are each said in at most 2.5 % of runs, whatever their size, autocorrelation and shape, and of a real Plaza with stalls; where there is evidence enough, 95 % are decided',
  trials: 1_000,
  seed: 20261121,
  trial: async (seed) => judgedRuns(seed),
  conclude,
}

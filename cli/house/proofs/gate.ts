import { decide } from '../../../slo/judge/decide.ts'
import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { sampleOfLoad } from '../../../slo/sources/load.ts'
import { timeAt } from '../../../slo/sources/sample.ts'
import type { ProofWork, TrialResult } from '../proof-model.ts'
import { SHAPES, type Shape, wander } from './gate/latencies.ts'
import { objectiveAt, recordOf, WINDOW } from './gate/load.ts'

const SIZES = [600, 6_000, 60_000] as const
const AUTOCORRELATIONS = [0, 0.5, 0.9, 0.95, 0.99] as const
/** The true p95 is so many times the objective. */
const TRUTHS = [0.9, 1, 1.1] as const
const ALLOWED = 0.05
const RISK = 0.025
/** What must be decided where there is evidence enough: 60,000 events, φ ≤ 0.9. */
const DECIDED = 0.95

type Said = 'met' | 'violated' | 'inconclusive'

interface Cell {
  readonly events: number
  readonly phi: number
  readonly shape: Shape
  readonly truth: number
}

const CELLS: readonly Cell[] = SIZES.flatMap((events) =>
  AUTOCORRELATIONS.flatMap((phi) =>
    SHAPES.flatMap((shape) => TRUTHS.map((truth) => ({ events, phi, shape, truth }))),
  ),
)

const nameOf = ({ events, phi, shape, truth }: Cell): string => `${events} φ=${phi} ${shape.name} ×${truth}`

/** One run of each size, autocorrelation and shape, judged about the three limits; a letter a cell. */
function judgedRuns(seed: number): TrialResult {
  let said = ''
  let plain = ''
  for (const [size, events] of SIZES.entries())
    for (const [nth, phi] of AUTOCORRELATIONS.entries()) {
      const numbers = wander(events, phi, seed * 100 + size * 10 + nth)
      for (const shape of SHAPES) {
        const limitsMs = TRUTHS.map((truth) => shape.p95Ms / truth)
        const load = recordOf(numbers, shape, limitsMs)
        for (const limitMs of limitsMs) {
          const sample = sampleOfLoad(objectiveAt(limitMs), load, [WINDOW])
          const { kept, broken } = decide(sample, ALLOWED, limitMs)
          said += kept ? 'm' : broken(RISK) ? 'v' : 'i'
          const p95Ms = sample.times === null ? null : timeAt(sample.times, Math.ceil(0.95 * events))
          plain += p95Ms !== null && p95Ms < limitMs ? 'm' : 'v'
        }
      }
    }
  return { said, plain }
}

const LETTERS: Readonly<Record<Said, string>> = { met: 'm', violated: 'v', inconclusive: 'i' }

/** In how many of the trials a cell was called so. */
const share = (results: readonly TrialResult[], by: 'said' | 'plain', cell: number, word: Said): number =>
  results.filter((result) => String(result[by])[cell] === LETTERS[word]).length / results.length

export const proof: ProofWork = {
  claim:
    'met at 1.10 × and violated at 0.90 × of the objective are each said in at most 2.5 % of runs, whatever the size, the autocorrelation and the shape; where there is evidence enough, 95 % are decided',
  trials: 1_000,
  seed: 20261121,
  trial: async (seed) => judgedRuns(seed),
  conclude: (results) => {
    const cells = CELLS.map((cell, n) => ({
      ...cell,
      name: nameOf(cell),
      met: share(results, 'said', n, 'met'),
      violated: share(results, 'said', n, 'violated'),
      plainMet: share(results, 'plain', n, 'met'),
    }))
    for (const one of cells)
      console.log(
        `${one.name.padEnd(36)} met ${one.met.toFixed(3)}  violated ${one.violated.toFixed(3)}  plain threshold passes ${one.plainMet.toFixed(3)}`,
      )
    const wrong = cells.map(({ truth, met, violated }) => (truth > 1 ? met : truth < 1 ? violated : 0))
    const worst = Math.max(...wrong)
    const undecided = cells.filter(
      ({ events, phi, truth, met, violated }) =>
        events === 60_000 && phi <= 0.9 && truth !== 1 && met + violated < DECIDED,
    )
    for (const one of undecided) console.log(`too few are decided: ${one.name}`)
    const counts = { events: results.length, bad: Math.round(worst * results.length) }
    return {
      verdict: worst > RISK || undecided.length > 0 ? 'violated' : 'met',
      figure: worst,
      interval: [lowerBound(counts), upperBound(counts)],
      unit: 'share of runs called wrongly, the worst cell',
      cells: Object.fromEntries(cells.map(({ name, met, violated }) => [name, met + violated])),
    }
  },
}

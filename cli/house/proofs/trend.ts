import { lowerBound, upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { trend, trendInterval } from '../../../slo/judge/statistics/trend.ts'
import type { ProofWork, TrialResult } from '../proof-model.ts'
import { ALLOWED_BYTES_PER_SECOND, readSeries, type Series, WARM_UP_SECONDS } from './trend/series.ts'

const MOST_WRONG = 1
const FEWEST_DECIDED = 45
/** Bytes a second, as kB an hour. */
const ALLOWED_KB_PER_HOUR = (ALLOWED_BYTES_PER_SECOND * 3_600) / 1_000

const recorded = readSeries()

/** As an objective on memory after collections would be judged: met, violated, or neither. */
function judge({ troughsKb }: Series, seed: number): 'met' | 'violated' | 'inconclusive' {
  const points = troughsKb.flatMap((value, second) =>
    value === null || second < WARM_UP_SECONDS ? [] : [{ atMs: second * 1_000, value }],
  )
  const found = trend(points, { fold: 'least', seed })
  if (found === null) return 'inconclusive'
  const { low, high } = trendInterval(found)
  if (high <= ALLOWED_KB_PER_HOUR) return 'met'
  return low > ALLOWED_KB_PER_HOUR ? 'violated' : 'inconclusive'
}

/** How many of a kind were judged, wrongly or at all. */
function tally(results: readonly TrialResult[], isLeaking: boolean) {
  const decided = results.filter((one) => one['leaking'] === isLeaking && one['verdict'] !== 'inconclusive')
  const wrong = decided.filter(({ verdict }) => verdict !== (isLeaking ? 'violated' : 'met'))
  return { decided: decided.length, wrong: wrong.length }
}

/**
 * The series were recorded by trend/record.ts from real processes whose cache, sessions and collections go up and down.
 * The slopes of the leaking ones are log-uniform in (1, 10] times the allowed. No test can decide a slope of exactly
 * the allowed; those nearest to it, of 1.05 to 1.2 times, are among the 50, and may be the undecided ones.
 */
export const proof: ProofWork = {
  claim:
    'of 50 healthy and 50 leaking recorded series (1.05 to 10 times the allowed slope) at most 1 of each is judged wrongly, and 45 of each are decided',
  trials: recorded.length,
  seed: 20261121,
  trial: async (seed, index) => {
    const series = recorded[index]!
    const times = series.leakBytesPerSecond / ALLOWED_BYTES_PER_SECOND
    return { leaking: times > 0, times, verdict: judge(series, seed) }
  },
  conclude: (results) => {
    const [healthy, leaking] = [false, true].map((kind) => tally(results, kind))
    const kinds = [healthy!, leaking!]
    const isMet = kinds.every(({ decided, wrong }) => wrong <= MOST_WRONG && decided >= FEWEST_DECIDED)
    const bad = Math.max(...kinds.map(({ wrong }) => wrong))
    const counts = { events: results.length / 2, bad }
    return {
      verdict: isMet ? 'met' : 'violated',
      figure: bad / counts.events,
      interval: [lowerBound(counts), upperBound(counts)],
      unit: `share judged wrongly, the worse kind; decided: ${healthy!.decided} healthy, ${leaking!.decided} leaking`,
    }
  },
}

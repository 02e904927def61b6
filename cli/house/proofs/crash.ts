import { upperBound } from '../../../slo/judge/statistics/bad-ratio.ts'
import { type Contender, startToxiproxy } from '../benches/proxy/contender.ts'
import { whyNoToxiproxy } from '../benches/proxy/toxiproxy.ts'
import { besideInWords, crashClients } from '../crash/beside.ts'
import { crashMany, faultsOf } from '../crash/crash-many.ts'
import { type Foreigners, plantForeigners } from '../crash/foreigners.ts'
import type { Conclusion, ProofWork, TrialResult } from '../proof-model.ts'

const AT_ONCE = 16
/** 126 trials of 16 points with a lease of 500 ms, then 7 with one of 5 s. */
const [SHORT, LONG] = [
  { trials: 126, leaseMs: 500 },
  { trials: 7, leaseMs: 5_000 },
]

let foreigners: Foreigners | undefined
/** which the same is thrown at without us; undefined: it cannot be had here */
let toxiproxy: Contender | undefined

export const proof: ProofWork = {
  claim:
    'of 2,000 crash points with a lease of 500 ms, 16 at once, and 100 with one of 5 s (harness, guardian, both, target or journal; before the journal, between journal and fault, during, in the undo, after; SIGTERM, SIGKILL, SIGSTOP for two leases, a full disk) no fault is left, nothing of others is touched, and no verdict is met',
  trials: SHORT.trials + LONG.trials,
  seed: 20261122,
  prepare: async () => {
    await using opened = new AsyncDisposableStack()
    foreigners = opened.use(await plantForeigners())
    if (whyNoToxiproxy() === undefined)
      toxiproxy = opened.adopt(await startToxiproxy(), (started) => started.end())
    return opened.move()
  },
  trial: async (seed, index): Promise<TrialResult> => {
    const { leaseMs } = index < SHORT.trials ? SHORT : LONG
    const from = index * AT_ONCE
    // one walk over all combinations, whatever the trial's own seed
    const batch = { seed: seed - index, from, count: AT_ONCE, atOnce: AT_ONCE, leaseMs }
    const crashes = await crashMany({ ...batch, foreigners: foreigners! })
    const { url } = toxiproxy ?? {}
    const clients = url === undefined ? [] : await crashClients({ ...batch, url })
    const harmed = await foreigners!.harmed()
    const faults = [...crashes.flatMap(faultsOf), ...harmed]
    return {
      leaseMs,
      points: crashes.filter(({ happened }) => happened).length,
      longestMs: Math.max(...crashes.map(({ cleanMs }) => cleanMs)),
      faults: faults.length,
      first: faults[0] ?? '',
      clients: clients.length,
      clientsOutlived: clients.filter(({ outlivedLease }) => outlivedLease).length,
      clientsLeft: clients.filter(({ isLeft }) => isLeft).length,
    }
  },
  conclude,
}

const WANTED = { short: 2_000, long: 100 }

function conclude(results: readonly TrialResult[]): Conclusion {
  const pointsOf = (leaseMs: number): number =>
    results.filter((one) => one['leaseMs'] === leaseMs).reduce((sum, one) => sum + Number(one['points']), 0)
  const [short, long] = [pointsOf(SHORT.leaseMs), pointsOf(LONG.leaseMs)]
  const sumOf = (field: string): number => results.reduce((sum, one) => sum + Number(one[field]), 0)
  const faults = sumOf('faults')
  const counts = { events: short + long, bad: faults }
  const isEnough = short >= WANTED.short && long >= WANTED.long
  return {
    verdict: faults > 0 ? 'violated' : isEnough ? 'met' : 'inconclusive',
    figure: faults,
    interval: [faults, Math.round(upperBound(counts) * counts.events)],
    unit: `faults left by ${counts.events} crash points`,
    beside: besideOf({
      points: sumOf('clients'),
      outlived: sumOf('clientsOutlived'),
      left: sumOf('clientsLeft'),
    }),
  }
}

const besideOf = (counts: Parameters<typeof besideInWords>[0]): string =>
  counts.points > 0
    ? besideInWords(counts)
    : `not shown: ${whyNoToxiproxy() ?? 'no point was thrown at a Toxiproxy'}`

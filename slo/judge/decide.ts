import type { Independence, PlannedObjective } from '../../reports/run/index.ts'
import { type Sample, type Second, timeAt } from '../sources/index.ts'
import { ALPHA, type Counts, isKept, lowerBound, upperBound } from './statistics/bad-ratio.ts'
import { type DesignEffect, designEffect, type Stratum } from './statistics/design-effect.ts'
import { mostTogether } from './statistics/most-together.ts'
import { lowerBoundOfCaused, outages } from './statistics/outage.ts'

/** What a sample says of the allowed bad ratio, before the other objectives of the run are looked at. */
export interface Decision {
  readonly kept: boolean
  /** asked at several levels: with more objectives in a run, each needs more to be called violated */
  readonly broken: (alpha: number) => boolean
  readonly ratio: { readonly value: number | null; readonly low: number | null; readonly high: number | null }
  /** the bad ratios that are not ruled out at a level; up to 1 where the evidence refuses to say */
  readonly bounds: (alpha: number) => { readonly low: number; readonly high: number }
  /** how many events tell as much as one: asked whether it is kept, whether it is broken, and for the shown interval */
  readonly effects: { readonly kept: number; readonly broken: number; readonly shown: number }
  /** null for repeats: each stands alone */
  readonly independence: Independence | null
}

/** Bad events too few or too close together to tell that more of them will not come (JUDGING, rule 4). */
const FEWEST_CLUSTERS = 10
/** So many independent events, all good, keep α: ln 0.025 / −1 = 3.69, per unit of the allowed ratio. */
const FEWEST_CLEAN = 3.7
/** An outage that fills its phase ends with it, by plan. */
const WHOLE_PHASE = 0.9

/**
 * The run's own quantile beside the limit. From half of it on, chance may have kept what was seen below it; below a
 * tenth no wandering of the kind that was seen would reach it. In between its events still weigh no more than they do.
 */
const NEAR_LIMIT = { ownMustSettle: 0.5, ownCounts: 0.1 } as const

/** 1 − target, without the noise of binary fractions: 0.05, not 0.050000000000000044. */
export const allowedRatio = ({
  evidence,
  targetRatio,
}: Pick<PlannedObjective, 'evidence' | 'targetRatio'>): number =>
  evidence === 'census' ? 0 : Number((1 - targetRatio).toPrecision(12))

const UNDECIDED: Decision = {
  ...{ kept: false, broken: () => false, ratio: { value: null, low: null, high: null } },
  bounds: () => ({ low: 0, high: 1 }),
  ...{ effects: { kept: 1, broken: 1, shown: 1 }, independence: null },
}

/** JUDGING rules 2 to 4; and 17: with few repeats the same exact test is that of order statistics. */
export function decide(sample: Sample, allowed: number, limit?: number): Decision {
  if (sample.events === 0) return UNDECIDED
  return sample.stretches === null
    ? decideRepeats(sample, allowed)
    : decideSample({ ...sample, stretches: sample.stretches }, allowed, limit)
}

function decideRepeats({ events, bad }: Sample, allowed: number): Decision {
  const most = { events, bad: bad.most }
  const least = { events, bad: bad.least }
  return {
    kept: isKept(most, allowed),
    broken: (alpha) => lowerBound(least, alpha) > allowed,
    ratio: { value: bad.most / events, low: lowerBound(least, ALPHA), high: upperBound(most, ALPHA) },
    bounds: (alpha) => ({ low: lowerBound(least, alpha), high: upperBound(most, alpha) }),
    ...{ effects: { kept: 1, broken: 1, shown: 1 }, independence: null },
  }
}

type Timed = Sample & { readonly stretches: NonNullable<Sample['stretches']> }

function decideSample(sample: Timed, allowed: number, limit: number | undefined): Decision {
  const { events, bad } = sample
  const found = designEffect(strataOf(sample.stretches, ({ bad }) => bad))
  const own = ownEffect(sample, allowed, limit)
  const kept = Math.max(found.value, own?.counts ? own.value : 1)
  const most = shrunk({ events, bad: bad.most }, kept)
  const looked = own?.isNear ? [found, own] : [found]
  const refusal = whyRefused({ looked, allowed, events: most.events, badRatio: bad.most / events })
  const least = leastRatio(sample, allowed)
  const isMet = refusal === '' && isKept(most, allowed)
  return {
    kept: isMet,
    broken: (alpha) => least.bound(alpha) > allowed,
    ratio: { value: bad.most / events, low: least.bound(ALPHA), high: upperBound(most) },
    bounds: (alpha) => ({
      low: least.bound(alpha),
      high: refusal === '' ? upperBound(most, alpha) : 1,
    }),
    effects: { kept, broken: least.effect, shown: Math.max(kept, own?.value ?? 1) },
    independence: {
      designEffect: Math.max(kept, least.effect),
      batchSeconds: Math.round((found.batchLength * sample.atomMs) / 1000),
      ...{ batches: found.batches, clusters: found.clusters, refusal },
      holdsUpTo: isMet ? holdsUpTo(sample, allowed) : null,
    },
  }
}

/** With the length of a total outage that spoils as many events, at the rate of this sample. */
function holdsUpTo({ events, bad, stretches, atomMs }: Timed, allowed: number): Independence['holdsUpTo'] {
  const together = mostTogether({ events, bad: bad.most }, allowed)
  if (together === null) return null
  const lengthMs = atomMs * stretches.reduce((sum, { seconds }) => sum + seconds.length, 0)
  return { events: together, outageMs: (together / events) * lengthMs }
}

/** Phases without a fault are one stratum, each with a fault is another. */
function strataOf(stretches: Timed['stretches'], badOf: (second: Second) => number): Stratum[] {
  const countsOf = (seconds: readonly Second[]): Counts[] =>
    seconds.map((second) => ({ events: second.events, bad: badOf(second) }))
  const quiet = stretches.filter(({ faulted }) => !faulted).map(({ seconds }) => countsOf(seconds))
  const faulted = stretches.filter((one) => one.faulted).map(({ seconds }) => [countsOf(seconds)])
  return quiet.length === 0 ? faulted : [quiet, ...faulted]
}

const shrunk = ({ events, bad }: Counts, effect: number): Counts => ({
  events: events / effect,
  bad: bad / effect,
})

/**
 * Latencies that wander slowly may stay below a limit for a whole short run. Few or none are then bad, and these few
 * tell nothing of how they hang together; those beyond the run's own quantile do, and there are always enough of them.
 */
function ownEffect({ times, events, beyond }: Timed, allowed: number, limit = 0) {
  if (times === null || beyond === null) return null
  const ownMs = timeAt(times, Math.max(1, Math.ceil((1 - allowed) * events)))
  if (ownMs === null || ownMs >= limit) return null
  return {
    isNear: ownMs >= NEAR_LIMIT.ownMustSettle * limit,
    counts: ownMs >= NEAR_LIMIT.ownCounts * limit,
    ...designEffect(strataOf(beyond(ownMs), ({ bad }) => bad)),
  }
}

/**
 * The least bad ratio that is not ruled out, of what is known to be bad. Batches that never settle hide how long a
 * cluster is: then it is taken to be as long as the longest outage. Where most of it is an outage that a fault caused,
 * which began or ended within its phase, its length is the chance that counts, settled or not; one bad event is an
 * outage too, so that the count itself must exceed what is allowed.
 */
function leastRatio(sample: Timed, allowed: number) {
  const stretches = sample.stretches.map(({ seconds }) =>
    seconds.map(({ events, least }) => ({ events, bad: least })),
  )
  const least = { events: sample.events, bad: sample.bad.least }
  const found = designEffect(strataOf(sample.stretches, (second) => second.least))
  const all = outages(stretches, allowed)
  const longest = all.toSorted((a, b) => b.bad - a.bad)[0]
  const settled = boundBy(found.value, least)
  if (longest === undefined) return found.settled ? settled : boundBy(found.value, { ...least, bad: 0 })
  const { faulted, seconds = [] } = sample.stretches[longest.stretch] ?? {}
  const isItsOwn = longest.bad > least.bad / 2 && longest.length < WHOLE_PHASE * seconds.length
  if (faulted && (isItsOwn || !found.settled)) {
    const caused = all.filter(({ stretch }) => sample.stretches[stretch]?.faulted)
    return {
      effect: Math.max(found.value, longest.bad),
      bound: (alpha: number) =>
        Math.min(lowerBoundOfCaused(caused, stretches, alpha), lowerBound(least, alpha)),
    }
  }
  return found.settled ? settled : boundBy(Math.max(found.value, longest.bad), least)
}

const boundBy = (effect: number, counts: Counts) => ({
  effect,
  bound: (alpha: number) => lowerBound(shrunk(counts, effect), alpha),
})

interface Evidence {
  /** at the limit first; then, where it is near, at the run's own quantile */
  readonly looked: readonly DesignEffect[]
  readonly allowed: number
  /** shrunk */
  readonly events: number
  readonly badRatio: number
}

/** Why so little independent evidence cannot show that an objective is kept; empty when it can. */
function whyRefused({ looked, allowed, events, badRatio }: Evidence): string {
  if (looked.some(({ batches }) => batches === 0))
    return 'There are too few seconds to see how its events hang together.'
  if (looked.some(({ settled }) => !settled))
    return 'Its events hang together over longer than this run can show.'
  if (events * allowed < FEWEST_CLEAN)
    return 'Its events hang together, so that they tell as much as too few.'
  const few = looked.filter(
    ({ clusters }, n) => (n > 0 || badRatio > allowed / 2) && clusters < FEWEST_CLUSTERS,
  )
  return few.length === 0 ? '' : 'What was slow or bad came in too few separate stretches.'
}

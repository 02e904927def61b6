/** How what is bad comes in time, and how far it hangs together. */
export interface Pattern {
  readonly name: string
  /** the true design effect, of a run much longer than any of its clusters: Σs²/Σs of their sizes s */
  effect(run: Run): number
  /** how many are bad in each second of a run; `ratio` of all, on average over all runs */
  draw(run: Run & { readonly ratio: number }, random: () => number): number[]
}

export interface Run {
  readonly seconds: number
  readonly perSecond: number
  /** the bad ratio that is allowed */
  readonly allowed: number
}

/** Each event by itself. */
export const ALONE: Pattern = {
  name: 'one by one',
  effect: () => 1,
  draw: ({ seconds, perSecond, ratio }, random) =>
    Array.from({ length: seconds }, () => poisson(perSecond * ratio, perSecond, random)),
}

type Lengths = 'equal' | 'exponential'

/**
 * Total outages that come by chance. Sizes s of clusters that are equal have Σs²/Σs = s; exponential ones with mean m
 * have 2m. Where two meet they are one: a share of 1 − e^(−λm) is down when λ of them come a second.
 */
export const outages = (name: string, lengths: Lengths, meanSeconds: (run: Run) => number): Pattern => ({
  name,
  effect: (run) => (lengths === 'equal' ? 1 : 2) * meanSeconds(run) * run.perSecond,
  draw: ({ ratio, ...run }, random) => {
    const { seconds, perSecond } = run
    const mean = meanSeconds(run)
    const down = new Float64Array(seconds)
    const gap = mean / -Math.log1p(-ratio)
    // What began before the run may still last.
    for (let at = -20 * mean + exponential(random) * gap; at < seconds; at += exponential(random) * gap)
      cover(down, at, at + (lengths === 'equal' ? mean : exponential(random) * mean))
    return Array.from(down, (share) => Math.floor(perSecond * Math.min(1, share) + random()))
  },
})

/** A share of what is bad comes in outages, all else by itself: Σs²/Σs is the mean of both, each by its share. */
export const mixed = (share: number, broken: Pattern): Pattern => ({
  name: `${100 * share} % in ${broken.name}, else one by one`,
  effect: (run) => 1 - share + share * broken.effect(run),
  draw: ({ ratio, ...run }, random) => {
    const alone = ALONE.draw({ ...run, ratio: (1 - share) * ratio }, random)
    return broken
      .draw({ ...run, ratio: share * ratio }, random)
      .map((bad, second) => Math.min(run.perSecond, bad + alone[second]!))
  },
})

function cover(down: Float64Array, from: number, to: number): void {
  for (let second = Math.max(0, Math.floor(from)); second < Math.min(down.length, to); second += 1)
    down[second]! += Math.min(to, second + 1) - Math.max(from, second)
}

/**
 * A bad ratio that wanders log-normally (σ = 1), each second like the one before it to the degree φ. Of two seconds that
 * are j apart the ratios have the covariance p²·(e^(φʲ) − 1).
 */
export const wandering = (phi: number): Pattern => ({
  name: `a ratio that wanders, φ=${phi}`,
  effect: ({ perSecond, allowed }) => {
    let [sum, power] = [Math.E - 1, phi]
    for (; power > 1e-4; power *= phi) sum += 2 * Math.expm1(power)
    return 1 + perSecond * allowed * sum
  },
  draw: ({ seconds, perSecond, ratio }, random) => {
    let z = normal(random)
    return Array.from({ length: seconds }, () => {
      z = phi * z + Math.sqrt(1 - phi * phi) * normal(random)
      return poisson(perSecond * Math.min(1, ratio * Math.exp(z - 0.5)), perSecond, random)
    })
  },
})

const exponential = (random: () => number): number => -Math.log1p(-random())

/** Box and Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random())

/** How many come in a second when `mean` do on average; by the gaps between them. */
function poisson(mean: number, most: number, random: () => number): number {
  let count = 0
  for (let left = mean - exponential(random); left > 0 && count < most; left -= exponential(random))
    count += 1
  return count
}

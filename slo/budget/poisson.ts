/** Weights below this share of the greatest change no figure. */
const NEGLIGIBLE = 1e-20

/**
 * Counts with a Poisson distribution: gives the count at a number in [0, 1), by inversion (Devroye, "Non-Uniform Random
 * Variate Generation", 1986, III.2 and X.3). A greater mean never gives a smaller count for the same number. The
 * probabilities are laid down from the mode to both sides, so that no power of e underflows.
 */
export function poissonQuantile(mean: number): (probability: number) => number {
  const mode = Math.floor(mean)
  const below = outwards((step) => (mode - step) / mean)
  const above = outwards((step) => mean / (mode + 1 + step))
  const cumulative = Float64Array.from([...below.reverse(), 1, ...above])
  for (let n = 1; n < cumulative.length; n += 1) cumulative[n]! += cumulative[n - 1]!
  const sum = cumulative.at(-1) ?? 0
  const least = mode - below.length
  return (probability) => least + firstAbove(cumulative, probability * sum)
}

/** Weights beside the mode's, which is 1: each is its neighbour's times the next ratio. */
function outwards(ratioAt: (step: number) => number): number[] {
  const weights: number[] = []
  for (let weight = ratioAt(0); weight > NEGLIGIBLE; weight *= ratioAt(weights.length)) weights.push(weight)
  return weights
}

/** The first place in an ascending list whose value is greater; the last when none is. */
function firstAbove(ascending: Float64Array, value: number): number {
  let [from, to] = [0, ascending.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ascending[middle]! > value) to = middle
    else from = middle + 1
  }
  return from
}

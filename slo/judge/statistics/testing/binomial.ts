/** P(X ≤ k) of a binomial, added up term by term: slow, and independent of the beta function. */
export function atMost(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p)
  let sum = 0
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(p / (1 - p))
  }
  return Math.min(1, sum)
}

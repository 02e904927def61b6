/**
 * Which of several claims hold when all together may be wrong with probability α at most.
 * Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6 (1979).
 * A claim is asked whether it holds at a level; each that holds leaves more of α to the others.
 */
export function holm(claims: readonly ((alpha: number) => boolean)[], alpha: number): boolean[] {
  const holding = claims.map(() => false)
  for (;;) {
    const level = alpha / holding.filter((holds) => !holds).length
    const found = claims.findIndex((claim, n) => !holding[n] && claim(level))
    if (found === -1) return holding
    holding[found] = true
  }
}

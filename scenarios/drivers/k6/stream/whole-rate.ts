/** So many iterations in so many seconds, both whole. */
export interface WholeRate {
  readonly rate: number
  readonly seconds: number
}

/** k6 takes whole rates only: 0.5 a second is 1 in 2 s, to a thousandth of an iteration. */
export function toWholeRate(ratePerSecond: number): WholeRate {
  for (const seconds of [1, 2, 5, 10, 100, 1000])
    if (Number.isInteger(ratePerSecond * seconds)) return { rate: ratePerSecond * seconds, seconds }
  return { rate: Math.max(1, Math.round(ratePerSecond * 1000)), seconds: 1000 }
}

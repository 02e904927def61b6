import type { Estimate } from '../../reports/run/index.ts'

export const UNMEASURED: Estimate = { value: null, low: null, high: null }
export const NOTHING: Estimate = { value: 0, low: 0, high: 0 }

/** Each figure of an estimate, as this makes it; what was not measured stays so. */
export const each = ({ value, low, high }: Estimate, make: (figure: number) => number): Estimate => ({
  value: value === null ? null : make(value),
  low: low === null ? null : make(low),
  high: high === null ? null : make(high),
})

/**
 * The sum of figures that are none below 0: where one of them was not measured, the others are its lower bound and no
 * more. Bounds are added up too, which makes them wider than they need be, never narrower.
 */
export function totalOf(estimates: readonly Estimate[]): Estimate {
  const lows = estimates.flatMap(({ low }) => low ?? [])
  return {
    value: sumOfAll(estimates.map(({ value }) => value)),
    low: lows.length === 0 ? null : sumOfAll(lows),
    high: sumOfAll(estimates.map(({ high }) => high)),
  }
}

function sumOfAll(figures: readonly (number | null)[]): number | null {
  return figures.reduce((sum, figure) => (sum === null || figure === null ? null : sum + figure), 0)
}

import type { Estimate } from '../../reports/run/index.ts'

export const UNMEASURED: Estimate = { value: null, low: null, high: null }

/** Each figure of an estimate, as this makes it; what was not measured stays so. */
export const each = ({ value, low, high }: Estimate, make: (figure: number) => number): Estimate => ({
  value: value === null ? null : make(value),
  low: low === null ? null : make(low),
  high: high === null ? null : make(high),
})

/** The sum of what was measured. Bounds are added up too, which makes them wider than they need be, never narrower. */
export function totalOf(estimates: readonly Estimate[]): Estimate {
  const sum = (figures: readonly (number | null)[]): number | null => {
    const known = figures.filter((figure) => figure !== null)
    return known.length === 0 ? null : known.reduce((total, figure) => total + figure, 0)
  }
  return {
    value: sum(estimates.map(({ value }) => value)),
    low: sum(estimates.map(({ low }) => low)),
    high: sum(estimates.map(({ high }) => high)),
  }
}

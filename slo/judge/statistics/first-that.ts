/** The least whole number from `from` to `to` for which a test holds that stays true once it is; null when none. */
export function firstThat(from: number, to: number, holds: (n: number) => boolean): number | null {
  if (from > to || !holds(to)) return null
  let fails = from - 1
  let first = to
  for (;;) {
    const middle = fails + Math.floor((first - fails) / 2)
    // Above 2⁵³ the next double may be further away than one.
    if (middle === fails || middle === first) return first
    if (holds(middle)) first = middle
    else fails = middle
  }
}

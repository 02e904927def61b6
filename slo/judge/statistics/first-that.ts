/** The least whole number from `from` to `to` for which a test holds that stays true once it is; null when none. */
export function firstThat(from: number, to: number, holds: (n: number) => boolean): number | null {
  if (from > to || !holds(to)) return null
  let low = from
  let high = to
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

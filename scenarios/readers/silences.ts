/** k6 says how many users it has (`vus`) every second; its times may be whole seconds, so one more may be missing. */
export const SILENT_SECONDS = 3

/** Finds the seconds in which a tool that speaks every second said nothing. */
export class Silences {
  readonly #found: { readonly fromSecond: number; readonly toSecond: number }[] = []
  #last: number | undefined

  heard(atUs: number): void {
    const second = Math.floor(atUs / 1e6)
    const last = this.#last ?? second
    if (second - last > SILENT_SECONDS) this.#found.push({ fromSecond: last + 1, toSecond: second - 1 })
    this.#last = Math.max(last, second)
  }

  /** Counted from the first of these seconds; what lies before or after them is of no interest. */
  between(first: number, last: number) {
    return this.#found
      .filter(({ fromSecond, toSecond }) => toSecond >= first && fromSecond <= last)
      .map(({ fromSecond, toSecond }) => ({
        fromSecond: Math.max(fromSecond, first) - first,
        toSecond: Math.min(toSecond, last) - first,
      }))
  }
}

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** A finite number; undefined for everything else, the empty text, NaN and infinity among it. */
export function numberOf(text: string): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

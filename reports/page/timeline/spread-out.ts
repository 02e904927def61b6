/** Ascending places that stand where they are wanted, or as near as they can without touching; none beyond `limit`. */
export function spreadOut(
  wanted: readonly number[],
  { apart, limit }: { readonly apart: number; readonly limit: number },
): number[] {
  const places: number[] = []
  for (const want of wanted) places.push(Math.max(want, (places.at(-1) ?? Number.NEGATIVE_INFINITY) + apart))
  let last = limit
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index] ?? last, last)
    last = (places[index] ?? last) - apart
  }
  return places
}

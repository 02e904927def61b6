const LEAST_APART_PX = 19

/** Numbers stand where their moment is, or as near as they can without touching; none beyond `limitPx`. */
export function placeMarks(wantedPx: readonly number[], limitPx: number): number[] {
  const places: number[] = []
  for (const wanted of wantedPx)
    places.push(Math.max(wanted, (places.at(-1) ?? Number.NEGATIVE_INFINITY) + LEAST_APART_PX))
  let limit = limitPx
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index] ?? limit, limit)
    limit = (places[index] ?? limit) - LEAST_APART_PX
  }
  return places
}

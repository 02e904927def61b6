/** The same bytes in several chunks, cut at these places. */
export function chunked(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b)
  return places.slice(1).map((to, n) => bytes.subarray(places[n], to))
}

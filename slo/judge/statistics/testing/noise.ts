import type { Counts } from '../bad-ratio.ts'

/** Standard normal numbers: Box and Muller, Annals of Mathematical Statistics 29 (1958). */
export function normals(random: () => number): () => number {
  let spare: number | undefined
  return () => {
    const kept = spare
    spare = undefined
    if (kept !== undefined) return kept
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    const angle = 2 * Math.PI * random()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Standard normal numbers that hang together: each is φ times the one before, and new noise. */
export function autoregressive(phi: number, random: () => number): () => number {
  const normal = normals(random)
  const fresh = Math.sqrt(1 - phi * phi)
  let state = normal()
  return () => {
    state = phi * state + fresh * normal()
    return state
  }
}

/** One second after the other: an event is bad when the noise lies above `limit`. */
export function badSeconds({
  seconds,
  eventsPerSecond,
  limit,
  noise,
}: {
  readonly seconds: number
  readonly eventsPerSecond: number
  readonly limit: number
  readonly noise: () => number
}): Counts[] {
  return Array.from({ length: seconds }, () => {
    let bad = 0
    for (let n = 0; n < eventsPerSecond; n += 1) if (noise() > limit) bad += 1
    return { events: eventsPerSecond, bad }
  })
}

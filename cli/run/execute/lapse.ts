/** One look at what must hold. */
export interface Look {
  readonly held: boolean
  /** when it was asked, and when that was known */
  readonly atUs: number
  readonly answeredAtUs: number
}

/** Is shown one look after the other; true once none of them has held for so long. */
export function lapsedFor(forMs: number): (look: Look) => boolean {
  let sinceUs: number | undefined
  return ({ held, atUs, answeredAtUs }) => {
    sinceUs = held ? undefined : (sinceUs ?? atUs)
    return sinceUs !== undefined && answeredAtUs - sinceUs >= forMs * 1000
  }
}

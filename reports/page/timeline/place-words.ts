/** A place on a canvas, in its pixels; null between two that no line joins. */
export type Point = { readonly x: number; readonly y: number } | null

export interface WordsRoom {
  readonly widthPx: number
  readonly heightPx: number
  /** between words and line */
  readonly gapPx: number
  /** of the plot; words stay within */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where words stand: their right end, and their base line. */
export interface WordsPlace {
  readonly right: number
  readonly y: number
}

/** How far words may stand from their line, in times of half their height, before another place is looked for. */
const FURTHEST = 4

/**
 * Words beside a level line, above it or below, as near and as far right as no data runs through them; where data is
 * everywhere, where least of it is.
 */
export function placeWords(y: number, lines: readonly (readonly Point[])[], room: WordsRoom): WordsPlace {
  const { widthPx, heightPx, gapPx, left, right, top, bottom } = room
  const bases = Array.from({ length: FURTHEST + 1 }, (_, n) => (n * heightPx) / 2)
    .flatMap((away) => [y - gapPx - away, y + gapPx + heightPx + away])
    .filter((base) => base - heightPx >= top && base <= bottom)
  const steps = Math.max(0, Math.floor((right - left - widthPx) / (widthPx / 2)))
  const ends = Array.from({ length: steps + 1 }, (_, step) => right - (step * widthPx) / 2)
  const places = bases.flatMap((base) => ends.map((end) => ({ right: end, y: base })))
  let best = { place: { right, y: y - gapPx }, crossed: Number.POSITIVE_INFINITY }
  for (const place of places) {
    // Letters such as p hang below the base line.
    const box = {
      ...{ left: place.right - widthPx, right: place.right },
      ...{ top: place.y - heightPx, bottom: place.y + gapPx },
    }
    const crossed = lines.reduce((sum, line) => sum + crossings(line, box), 0)
    if (crossed < best.crossed) best = { place, crossed }
  }
  return best.place
}

type Box = Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>

function crossings(line: readonly Point[], box: Box): number {
  return line.filter((to, n) => to !== null && runsThrough(line[n - 1] ?? to, to, box)).length
}

function runsThrough(from: NonNullable<Point>, to: NonNullable<Point>, box: Box): boolean {
  if (to.x < box.left || from.x > box.right) return false
  const rise = to.x === from.x ? 0 : (to.y - from.y) / (to.x - from.x)
  const at = (x: number): number => from.y + rise * (x - from.x)
  const ends = [at(Math.max(from.x, box.left)), at(Math.min(to.x, box.right))]
  return Math.max(...ends) >= box.top && Math.min(...ends) <= box.bottom
}

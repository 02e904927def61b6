import { spreadOut } from './spread-out.ts'

/** The name of a line, wanted at the line's end. */
export interface LineEnd {
  readonly text: string
  readonly x: number
  readonly y: number
}

interface Room {
  /** of a line of text, and how wide the widest name is */
  readonly linePx: number
  readonly widthPx: number
  /** where the words of the objective begin, and where the plot ends: beyond it the margin is free */
  readonly wordsFrom: number
  readonly plotRight: number
  readonly bottom: number
}

/**
 * Names stand at the ends of their lines, below each other where those meet, the higher percentile above. Where they
 * would run into the words of the objective they stand in the margin.
 */
export function placeLineEnds<End extends LineEnd>(
  ends: readonly End[],
  { linePx, widthPx, wordsFrom, plotRight, bottom }: Room,
): End[] {
  const sorted = ends.toSorted((a, b) => a.y - b.y || (a.text < b.text ? 1 : -1))
  const places = spreadOut(
    sorted.map(({ y }) => y),
    { apart: linePx, limit: bottom },
  )
  const inMargin = sorted.some(({ x }) => x + widthPx > wordsFrom)
  return sorted.map((end, index) => ({
    ...end,
    x: inMargin ? Math.max(end.x, plotRight) : end.x,
    y: places[index] ?? end.y,
  }))
}

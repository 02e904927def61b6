import type { Mark } from '../page-data.ts'
import { type Layout, xOf } from './layout.ts'
import { spreadOut } from './spread-out.ts'

/** From one number to the next, and from one row to the next. */
export const MARK_PX = 19

/** Numbered from 1, in the order of their times, and where each stands. */
interface PlacedMark extends Mark {
  readonly number: number
  readonly wanted: number
  readonly x: number
}

/** In as few rows as have room for all: with two, the odd numbers stand above the even ones. */
export function markRows(marks: readonly Mark[], layout: Layout): PlacedMark[][] {
  const limit = layout.width - layout.right - 2
  const rows = Math.ceil(marks.length / Math.floor(limit / MARK_PX))
  return Array.from({ length: rows }, (_, row) => {
    const here = marks
      .map((mark, index) => ({ ...mark, number: index + 1, wanted: xOf(layout, mark.atMs) }))
      .filter((_, index) => index % rows === row)
    const places = spreadOut(
      here.map(({ wanted }) => wanted),
      { apart: MARK_PX, limit },
    )
    return here.map((mark, index) => ({ ...mark, x: places[index] ?? mark.wanted }))
  })
}

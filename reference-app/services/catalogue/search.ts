import type pg from 'pg'
import { toChordM, toKm, toPoint } from '../../platform/earth.ts'
import { searchStatement } from './search-statement.ts'

/** A place to search around. */
export interface Around {
  readonly lat: number
  readonly lon: number
  readonly radiusKm: number
}

export interface Search {
  readonly words: readonly string[]
  readonly around: Around | undefined
  readonly limit: number
}

interface Row {
  readonly id: number
  readonly title: string
  readonly business: string
  readonly city: string
  readonly priceCents: number
  readonly discountPercent: number
  readonly featured: boolean
  readonly chordM: number | null
}

export type Found = Omit<Row, 'chordM'> & { readonly distanceKm: number | null }

/** Featured coupons first, then the nearest, or the first when no place is given. */
export async function search(
  pool: pg.Pool,
  { words, around, limit }: Search,
  slow: boolean,
): Promise<Found[]> {
  const values: unknown[] = [limit]
  if (words.length > 0) values.push(toPrefixQuery(words))
  if (around) values.push(toPoint(around.lat, around.lon), toChordM(around.radiusKm))
  const statement = searchStatement({ hasWords: words.length > 0, isAround: around !== undefined, slow })
  const { rows } = await pool.query<Row>({ ...statement, values })
  return rows.map(({ chordM, ...row }) => ({
    ...row,
    distanceKm: chordM === null ? null : round(toKm(chordM)),
  }))
}

/** `hot choc` finds hot chocolate: all words must occur, each may be only begun. */
function toPrefixQuery(words: readonly string[]): string {
  return words.map((word) => `${word}:*`).join(' & ')
}

/** Letters and digits only, so that nothing typed can be read as an operator of the text search. */
export function splitWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 8)
}

/** To the metre. */
function round(km: number): number {
  return Math.round(km * 1000) / 1000
}

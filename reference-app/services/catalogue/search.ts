import type pg from 'pg'

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

export interface Found {
  readonly id: number
  readonly title: string
  readonly business: string
  readonly city: string
  readonly priceCents: number
  readonly discountPercent: number
  readonly featured: boolean
  readonly distanceKm: number | null
}

/** Seconds that the switch `slow-search` adds, in the database: a slow statement, not a slow service. */
const slowSeconds = 0.4

/** Featured coupons first, then the nearest, or the oldest when no place is given. */
export async function search(
  pool: pg.Pool,
  { words, around, limit }: Search,
  slow: boolean,
): Promise<Found[]> {
  const values: unknown[] = [limit]
  if (words.length > 0) values.push(toPrefixQuery(words))
  if (around) values.push(around.lat, around.lon, around.radiusKm * 1000)
  const shape = { hasWords: words.length > 0, isAround: around !== undefined, slow }
  const result = await pool.query<Found>({ name: nameOf(shape), text: textOf(shape), values })
  return result.rows
}

interface Shape {
  readonly hasWords: boolean
  readonly isAround: boolean
  readonly slow: boolean
}

/** Named statements are planned once a connection. */
function nameOf({ hasWords, isAround, slow }: Shape): string {
  return `search${hasWords ? '-words' : ''}${isAround ? '-around' : ''}${slow ? '-slow' : ''}`
}

function textOf({ hasWords, isAround, slow }: Shape): string {
  const place = hasWords ? 3 : 2
  const here = `ll_to_earth($${place}, $${place + 1})`
  const distance = isAround ? `earth_distance(position, ${here}) / 1000` : 'null::float8'
  const conditions = [
    hasWords && "words @@ to_tsquery('simple', $2)",
    isAround && `earth_box(${here}, $${place + 2}) @> position`,
    isAround && `earth_distance(position, ${here}) <= $${place + 2}`,
  ].filter((condition) => condition !== false)
  return `${slow ? `with slow as materialized (select pg_sleep(${slowSeconds})) ` : ''}
    select id, title, business_name as business, city, price_cents as "priceCents",
      discount_percent as "discountPercent", featured, ${distance} as "distanceKm"
    from ${slow ? 'slow cross join ' : ''}coupons
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by featured desc, ${isAround ? '"distanceKm", ' : ''}id
    limit $1`
}

/** `hot choc` finds hot chocolate: all words must occur, each may be only begun. */
function toPrefixQuery(words: readonly string[]): string {
  return words.map((word) => `${word}:*`).join(' & ')
}

/** Letters and digits only, so that nothing typed can be read as an operator of the text search. */
export function splitWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 8)
}

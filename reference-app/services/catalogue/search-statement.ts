/** What a search asks for; each combination is one prepared statement. */
export interface Shape {
  readonly hasWords: boolean
  readonly isAround: boolean
  readonly slow: boolean
}

export interface Statement {
  /** Named statements are parsed and planned once a connection, not once a search. */
  readonly name: string
  readonly text: string
}

/** Seconds that the switch `slow-search` adds, in the database: a slow statement, not a slow service. */
const slowSeconds = 0.4

const columns = `id, title, business_name as business, city, price_cents as "priceCents",
  discount_percent as "discountPercent", featured`

const statements = new Map<string, Statement>()

/**
 * Featured coupons first, then the nearest, or the first when no place is given.
 * Parameters: $1 limit, then as needed $2 words, $3 point, $4 chord in metres (or $2, $3 without words).
 */
export function searchStatement(shape: Shape): Statement {
  const name = nameOf(shape)
  const known = statements.get(name)
  if (known !== undefined) return known
  const statement = { name, text: textOf(shape) }
  statements.set(name, statement)
  return statement
}

function nameOf({ hasWords, isAround, slow }: Shape): string {
  return `search${hasWords ? '-words' : ''}${isAround ? '-around' : ''}${slow ? '-slow' : ''}`
}

function textOf(shape: Shape): string {
  const found = shape.isAround && !shape.hasWords ? nearest() : matching(shape)
  if (!shape.slow) return found
  return `with slow as materialized (select pg_sleep(${slowSeconds}))
    select found.* from slow cross join lateral (${found}) found`
}

/** By words: the index on words finds few, which are then measured and sorted. */
function matching({ hasWords, isAround }: Shape): string {
  const conditions = [
    ...(hasWords ? [`words @@ to_tsquery('simple', $2)`] : []),
    ...(isAround ? ['position <-> $3::cube <= $4::float8'] : []),
  ]
  return `
    select ${columns}, ${isAround ? 'position <-> $3::cube' : 'null::float8'} as "chordM"
    from coupons ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
    order by featured desc, ${isAround ? '"chordM", ' : ''}id
    limit $1`
}

/** By place alone: two indexes, featured and not, walked from the nearest outwards until there are enough. */
function nearest(): string {
  const half = (condition: string) => `(
    select ${columns}, position <-> $2::cube as "chordM"
    from coupons
    where ${condition} and cube_enlarge($2::cube, $3::float8, 3) @> position and position <-> $2::cube <= $3::float8
    order by position <-> $2::cube
    limit $1)`
  return `
    select * from (${half('featured')} union all ${half('not featured')}) halves
    order by featured desc, "chordM", id
    limit $1`
}

import type pg from 'pg'

/** The format `gauntlet/fact/1`; all times in µs since 1970, by PostgreSQL's clock. */
export interface Fact {
  readonly schema: 'gauntlet/fact/1'
  readonly name: string
  readonly atUs: number
  readonly rows: readonly {
    readonly id: string
    readonly doneAtUs: number | null
    readonly effects: number
  }[]
}

const micros = (time: string) => `(extract(epoch from ${time}) * 1000000)::bigint`

/** One statement, so that clock, orders and effects are of one moment. Big integers come as text. */
const ordersText = `
  select ${micros('statement_timestamp()')}::text as at_us, (
    select coalesce(json_agg(json_build_object('id', o.id, 'doneAtUs', ${micros('o.done_at')}, 'effects', (
      select count(*) from order_effects e where e.order_id = o.id)) order by o.id), '[]')
    from orders o where o.accepted_at >= 'epoch'::timestamptz + $1::bigint * interval '1 microsecond'
  ) as rows`

/** Every order accepted since then (all when 0), done or not, with the number of its effects. */
export async function ordersFact(pool: pg.Pool, sinceUs: number): Promise<Fact> {
  const { rows } = await pool.query<{ at_us: string; rows: Fact['rows'] }>(ordersText, [sinceUs])
  const found = rows[0]
  return {
    schema: 'gauntlet/fact/1',
    name: 'orders',
    atUs: Number(found?.at_us),
    rows: found?.rows ?? [],
  }
}

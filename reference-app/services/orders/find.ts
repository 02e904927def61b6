import type pg from 'pg'

interface Row {
  readonly id: string
  readonly coupon_id: number
  readonly member_id: string
  readonly accepted_at: Date
  readonly done_at: Date | null
  readonly voucher: string | null
}

const text = `
  select o.id, o.coupon_id, o.member_id, o.accepted_at, o.done_at,
    (select voucher from order_effects e where e.order_id = o.id order by e.id limit 1) as voucher
  from orders o where o.id = $1`

export async function findOrder(pool: pg.Pool, id: string) {
  const { rows } = await pool.query<Row>({ name: 'find-order', text, values: [id] })
  const row = rows[0]
  return row && toOrder(row)
}

function toOrder(row: Row) {
  return {
    id: row.id,
    couponId: row.coupon_id,
    memberId: row.member_id,
    state: row.done_at === null ? ('accepted' as const) : ('done' as const),
    acceptedAt: row.accepted_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    voucher: row.voucher,
  }
}

import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { orderQueue, toDb } from '../../platform/database/queue.ts'
import { makeOrderId } from './order-id.ts'

export interface NewOrder {
  readonly couponId: number
  readonly memberId: string
  readonly idempotencyKey: string
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly id: string; readonly isSwallowed: boolean }
  | { readonly kind: 'other-body' }
  | { readonly kind: 'unknown-coupon' }

/** How the transaction of a new order ends. `rollback` is what the switch `lose-orders` does. */
export type Ending = 'commit' | 'rollback'

type Inserted = Acceptance | { readonly kind: 'new'; readonly id: string }

interface Store {
  readonly pool: pg.Pool
  readonly boss: PgBoss
}

const insertText = `
  insert into orders (id, idempotency_key, coupon_id, member_id) values ($1, $2, $3, $4)
  on conflict (idempotency_key) do nothing`

const knownText = 'select id, coupon_id, member_id from orders where idempotency_key = $1'

/**
 * Stores the order and its job in ONE transaction: what is acknowledged will be worked on, and what is worked on
 * was stored. The same key gives the same id; two at once meet at the unique key, and the second waits.
 */
export async function acceptOrder(
  order: NewOrder,
  store: Store,
  endingOf: () => Ending,
): Promise<Acceptance> {
  const client = await store.pool.connect()
  try {
    await client.query('begin')
    const inserted = await insertOrder(order, client, store.boss)
    const ending = inserted.kind === 'new' ? endingOf() : 'rollback'
    await client.query(ending)
    client.release()
    if (inserted.kind !== 'new') return inserted
    return { kind: 'accepted', id: inserted.id, isSwallowed: ending === 'rollback' }
  } catch (error) {
    // Closed, not handed back: the server ends what was open on it.
    client.release(true)
    if (isUnknownCoupon(error)) return { kind: 'unknown-coupon' }
    throw error
  }
}

async function insertOrder(order: NewOrder, client: pg.PoolClient, boss: PgBoss): Promise<Inserted> {
  const id = makeOrderId(Date.now())
  const inserted = await client.query({
    name: 'insert-order',
    text: insertText,
    values: [id, order.idempotencyKey, order.couponId, order.memberId],
  })
  if (inserted.rowCount === 0) return recall(order, client)
  await boss.send(orderQueue, { orderId: id }, { db: toDb(client) })
  return { kind: 'new', id }
}

async function recall(order: NewOrder, client: pg.PoolClient): Promise<Acceptance> {
  const { rows } = await client.query<{ id: string; coupon_id: number; member_id: string }>({
    name: 'known-order',
    text: knownText,
    values: [order.idempotencyKey],
  })
  const known = rows[0]
  if (known === undefined) throw new Error('an order with this idempotency key came and went')
  const isSame = known.coupon_id === order.couponId && known.member_id === order.memberId
  return isSame ? { kind: 'accepted', id: known.id, isSwallowed: false } : { kind: 'other-body' }
}

/** PostgreSQL's code for a foreign key that points nowhere. */
function isUnknownCoupon(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}

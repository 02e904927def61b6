import type pg from 'pg'
import type { Job, PgBoss } from 'pg-boss'
import { type OrderJob, orderQueue, toDb } from '../../platform/database/queue.ts'
import { makeVoucher } from './voucher.ts'

const fulfilText = `
  with vouchers as (select * from unnest($1::text[], $2::text[]) as v (order_id, voucher)),
  done as (
    update orders set done_at = clock_timestamp() from vouchers
    where orders.id = vouchers.order_id and orders.done_at is null
    returning orders.id, vouchers.voucher
  )
  insert into order_effects (order_id, voucher) select id, voucher from done`

/**
 * Works on a batch. The effects, the orders' state and the end of the jobs are one transaction: a worker killed
 * anywhere before the commit leaves nothing, and one killed after it leaves nothing to do. A job that comes a
 * second time finds its order done and has no effect.
 */
export async function fulfil(jobs: readonly Job<OrderJob>[], pool: pg.Pool, boss: PgBoss): Promise<void> {
  const orderIds = jobs.map((job) => job.data.orderId)
  const vouchers = await Promise.all(orderIds.map(makeVoucher))
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({ name: 'fulfil', text: fulfilText, values: [orderIds, vouchers] })
    const jobIds = jobs.map((job) => job.id)
    await boss.complete(orderQueue, jobIds, null, { db: toDb(client) })
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}

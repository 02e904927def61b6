import type pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { orderQueue } from '../../platform/database/queue.ts'

/**
 * Gives back what a dead predecessor held, at once instead of after its heartbeat. Right only while there is one
 * worker, which the supervisor sees to; and safe even if not, since an order has its effect only once. It counts
 * as a retry, so that a job which kills its worker ends with the dead letters.
 */
export async function requeueAbandoned(pool: pg.Pool, boss: PgBoss): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from pgboss.job where name = $1 and state = 'active'`,
    [orderQueue],
  )
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) await boss.fail(orderQueue, ids, { message: 'its worker died' })
  return ids.length
}

import type { Job, PgBoss } from 'pg-boss'
import { type OrderJob, orderQueue } from '../../platform/database/queue.ts'

/** Whether the message is of an order at all: one that is not can never be worked on. */
export function isOfOrder(job: Job<Partial<OrderJob>>): job is Job<OrderJob> {
  return typeof job.data.orderId === 'string'
}

/** Fails what is no order by itself, so that the orders it came with are done as if it were not there. */
export async function refuse(jobs: readonly Job<Partial<OrderJob>>[], boss: PgBoss): Promise<void> {
  const ids = jobs.map((job) => job.id)
  if (ids.length > 0) await boss.fail(orderQueue, ids, { message: 'names no order' })
}

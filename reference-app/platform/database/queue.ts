import type pg from 'pg'
import { type ConstructorOptions, type Db, PgBoss, type QueueOptions } from 'pg-boss'

export const orderQueue = 'order'
const deadLetterQueue = 'order-dead'

export interface OrderJob {
  readonly orderId: string
}

/**
 * A job of a worker that died is given to another at the latest after heartbeat (10 s, pg-boss's least) +
 * one round of the monitor (2 s) + the first retry's delay (1–2 s); a worker that starts does it at once.
 * Completed jobs go after ten minutes: the monitor counts the whole queue each time.
 */
const orderQueueOptions: QueueOptions & { deadLetter: string } = {
  heartbeatSeconds: 10,
  expireInSeconds: 15,
  retryLimit: 5,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  deleteAfterSeconds: 600,
  deadLetter: deadLetterQueue,
}

/** pg-boss on a pool of ours. Only the worker supervises the queue; nobody needs its cron. */
export function openQueue(pool: pg.Pool, options: ConstructorOptions = {}): PgBoss {
  return new PgBoss({ db: toDb(pool), schedule: false, supervise: false, migrate: false, ...options })
}

/** Lets pg-boss run its statements on a client of ours, inside the transaction that this client is in. */
export function toDb(client: pg.Pool | pg.PoolClient): Db {
  return { executeSql: (text, values) => client.query(text, values) }
}

/** Installs pg-boss's schema, and creates our queues or brings them up to date. */
export async function prepareQueues(pool: pg.Pool): Promise<void> {
  const boss = openQueue(pool, { migrate: true })
  // What its poll meets in the background, when the database is stopped meanwhile, would end the process unheard.
  boss.on('error', () => {})
  try {
    await boss.start()
    await createOrUpdate(boss, deadLetterQueue, { retryLimit: 0, deleteAfterSeconds: 86_400 })
    await createOrUpdate(boss, orderQueue, orderQueueOptions)
  } finally {
    await boss.stop({ graceful: false })
  }
}

async function createOrUpdate(boss: PgBoss, name: string, options: QueueOptions): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, options)
  else await boss.createQueue(name, options)
}

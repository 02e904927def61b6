import type { Job } from 'pg-boss'
import { type OrderJob, openQueue, orderQueue } from '../../platform/database/queue.ts'
import { isReachable, openDatabaseRoute, openPool } from '../../platform/service/pool.ts'
import { runService, type ServiceFrame, type ServiceParts } from '../../platform/service/service.ts'
import { fulfil } from './fulfil.ts'
import { isOfOrder, refuse } from './refuse.ts'
import { requeueAbandoned } from './requeue.ts'

/** 100 jobs each half second: 200 orders a second at most, and half a second's wait at worst. */
const taking = { batchSize: 100, pollingIntervalSeconds: 0.5 }

/** pg-boss looks for silent workers every other second. */
const supervising = {
  supervise: true,
  superviseIntervalSeconds: 2,
  monitorIntervalSeconds: 2,
  maintenanceIntervalSeconds: 60,
}

await runService('order-worker', async ({ app, routes }: ServiceFrame): Promise<ServiceParts> => {
  const pool = openPool('order-worker', { max: 6 }, openDatabaseRoute(routes), app.log)
  const boss = openQueue(pool, supervising)
  boss.on('error', (error) => app.log.warn({ err: error }, 'the queue complains'))
  await boss.start()
  const requeued = await requeueAbandoned(pool, boss)
  if (requeued > 0) app.log.info({ requeued }, 'jobs of a dead worker given back')
  let isTaking = false

  const work = async (jobs: readonly Job<Partial<OrderJob>>[]): Promise<void> => {
    const orders = jobs.filter(isOfOrder)
    const poison = jobs.filter((job) => !isOfOrder(job))
    for (const { id } of poison) app.log.warn({ jobId: id }, 'message names no order')
    await refuse(poison, boss)
    if (orders.length > 0) await fulfil(orders, pool, boss)
  }

  const setTaking = async (wanted: boolean): Promise<void> => {
    if (wanted === isTaking) return
    isTaking = wanted
    if (wanted) await boss.work<Partial<OrderJob>>(orderQueue, taking, work)
    else await boss.offWork(orderQueue, { wait: true })
  }

  return {
    isReady: () => isReachable(pool),
    onSwitches: (state) => setTaking(!state['stuck-worker']),
    close: async () => {
      await boss.stop({ timeout: 2_000 })
      await pool.end()
    },
  }
})

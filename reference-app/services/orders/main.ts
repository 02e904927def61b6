import type { FastifyReply } from 'fastify'
import { openQueue } from '../../platform/database/queue.ts'
import { isReachable, openDatabaseRoute, openPool } from '../../platform/service/pool.ts'
import { runService, type ServiceFrame, type ServiceParts } from '../../platform/service/service.ts'
import { type Acceptance, acceptOrder } from './accept.ts'
import { findOrder } from './find.ts'
import { Poisoner } from './poison.ts'
import { OrderAnswer, OrderBody, OrderHeaders, OrderParams } from './schemas.ts'
import { Swallower } from './swallow.ts'

await runService('orders', async ({ app, link, routes }: ServiceFrame): Promise<ServiceParts> => {
  const pool = openPool('orders', { max: 16, min: 4 }, openDatabaseRoute(routes), app.log)
  const boss = openQueue(pool)
  boss.on('error', (error) => app.log.warn({ err: error }, 'the queue complains'))
  await boss.start()
  const swallower = new Swallower()
  const poisoner = new Poisoner(boss)

  app.post<{ Body: OrderBody; Headers: OrderHeaders }>(
    '/orders',
    { schema: { body: OrderBody, headers: OrderHeaders } },
    async ({ body, headers }, reply) => {
      const order = { ...body, idempotencyKey: headers['idempotency-key'] }
      const endingOf = () => swallower.endingOf(link.switches['lose-orders'])
      const acceptance = await acceptOrder(order, { pool, boss }, endingOf)
      if (acceptance.kind === 'accepted' && acceptance.isSwallowed) {
        app.log.warn({ orderId: acceptance.id }, 'order swallowed')
      }
      poisoner
        .afterOrder(link.switches['poison-message'])
        .catch((error: Error) => app.log.warn({ err: error }, 'no poison message sent'))
      return answer(acceptance, reply)
    },
  )

  app.get<{ Params: OrderParams }>(
    '/orders/:id',
    { schema: { params: OrderParams, response: { 200: OrderAnswer } } },
    async ({ params }, reply) => {
      const order = await findOrder(pool, params.id)
      return order ?? reply.code(404).send({ error: `no order ${params.id}` })
    },
  )

  return {
    isReady: () => isReachable(pool),
    close: async () => {
      await boss.stop({ graceful: false })
      await pool.end()
    },
  }
})

function answer(acceptance: Acceptance, reply: FastifyReply) {
  switch (acceptance.kind) {
    case 'accepted':
      return reply.code(202).send({ id: acceptance.id })
    case 'other-body':
      return reply.code(422).send({ error: 'this Idempotency-Key was used for another order' })
    case 'unknown-coupon':
      return reply.code(404).send({ error: 'no such coupon' })
    default:
      return acceptance satisfies never
  }
}

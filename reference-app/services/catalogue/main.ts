import type pg from 'pg'
import { isReachable, openDatabaseRoute, openPool } from '../../platform/service/pool.ts'
import { runService, type ServiceFrame, type ServiceParts } from '../../platform/service/service.ts'
import { findCoupon } from './coupon.ts'
import { Exhaustion } from './exhaustion.ts'
import { CouponAnswer, CouponParams, SearchAnswer, SearchQuery } from './schemas.ts'
import { type Around, search, splitWords } from './search.ts'

/**
 * Two pools, so that slow searches leave coupons alone. 100 searches a second of 0.4 s each hold 40 connections.
 */
const searchConnections = { max: 56, min: 8 }
const couponConnections = { max: 8, min: 2 }

await runService('catalogue', async ({ app, link, routes }: ServiceFrame): Promise<ServiceParts> => {
  const route = openDatabaseRoute(routes)
  const searchPool = openPool('catalogue-search', searchConnections, route, app.log)
  const couponPool = openPool('catalogue', couponConnections, route, app.log)
  const exhaustion = new Exhaustion(searchPool)

  app.get<{ Querystring: SearchQuery }>(
    '/search',
    { schema: { querystring: SearchQuery, response: { 200: SearchAnswer } } },
    async ({ query }) => {
      const wanted = { words: splitWords(query.q), around: toAround(query), limit: query.limit }
      return { items: await search(searchPool, wanted, link.switches['slow-search']) }
    },
  )

  app.get<{ Params: CouponParams }>(
    '/coupons/:id',
    { schema: { params: CouponParams, response: { 200: CouponAnswer } } },
    async ({ params }, reply) => {
      const coupon = await findCoupon(couponPool, params.id)
      return coupon ?? reply.code(404).send({ error: `no coupon ${params.id}` })
    },
  )

  await warmUp(searchPool)
  return {
    isReady: () => isReachable(couponPool),
    onSwitches: (state) => exhaustion.set(state['pool-exhausted']),
    close: async () => {
      exhaustion.set(false)
      await Promise.all([searchPool.end(), couponPool.end()])
    },
  }
})

/** Opens the connections that stay and plans on each, so that the first members do not wait for that. */
async function warmUp(pool: pg.Pool): Promise<void> {
  const around = { lat: 47.37, lon: 8.54, radiusKm: 1 }
  const first = () => search(pool, { words: ['espresso'], around, limit: 20 }, false)
  await Promise.allSettled(Array.from({ length: searchConnections.min }, first))
}

function toAround({ near, radiusKm }: SearchQuery): Around | undefined {
  if (near === undefined) return undefined
  const [lat = 0, lon = 0] = near.split(',').map(Number)
  return { lat, lon, radiusKm }
}

import { runService, type ServiceFrame, type ServiceParts } from '../../platform/service/service.ts'
import { addHang, Hang } from './hang.ts'
import { addPage } from './page.ts'
import { forward, Upstream } from './upstream.ts'

await runService('gateway', async ({ app, routes }: ServiceFrame): Promise<ServiceParts> => {
  const catalogue = new Upstream(new URL(process.env['CATALOGUE_URL'] ?? ''), routes, 'catalogue')
  const orders = new Upstream(new URL(process.env['ORDERS_URL'] ?? ''), routes, 'orders')
  const hang = new Hang()
  addHang(app, hang)

  app.get('/api/search', (request, reply) => forward(request, reply, catalogue, request.url.slice(4)))
  app.get('/api/coupons/:id', (request, reply) => forward(request, reply, catalogue, request.url.slice(4)))
  app.post('/api/orders', (request, reply) => forward(request, reply, orders, '/orders'))
  app.get('/api/orders/:id', (request, reply) => forward(request, reply, orders, request.url.slice(4)))
  const root = process.env['WEB_ROOT']
  if (root !== undefined) await addPage(app, root)

  return {
    isReady: () => true,
    onSwitches: (state) => hang.set(state.hang),
    close: async () => {
      await Promise.all([catalogue.close(), orders.close()])
    },
  }
})

import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { pino } from 'pino'
import type { SwitchState } from '../switch-state.ts'
import { SupervisorLink } from './link.ts'
import { addMetrics } from './metrics.ts'
import { answerErrors } from './problems.ts'
import { Routes, readNameServer } from './routes.ts'

/** What a service adds to the frame that all share. */
export interface ServiceParts {
  isReady(): boolean | Promise<boolean>
  onSwitches?(state: SwitchState): void | Promise<void>
  close(): Promise<void>
}

export interface ServiceFrame {
  readonly app: FastifyInstance
  readonly link: SupervisorLink
  readonly routes: Routes
}

/** How long a service that is told to stop may finish its requests, in ms; then it ends anyway. */
const drainMs = 2_500

/**
 * Runs one service in this process: `/health`, `/ready` and `/metrics`, logs to stdout, the switches, the ways of its
 * links, which it is told before it dials, a clean stop on SIGTERM. `PORT` says where to listen, `PLAZA_DNS` where
 * names are looked up, `PLAZA_VERSION` what it calls itself.
 */
export async function runService(
  name: string,
  build: (frame: ServiceFrame) => Promise<ServiceParts>,
): Promise<void> {
  const app = createApp(name)
  let parts: ServiceParts | undefined
  const routes = new Routes(name, readNameServer())
  const link = new SupervisorLink(async ({ switches, vias }) => {
    routes.set(vias)
    await parts?.onSwitches?.(switches)
  })
  addMetrics(app, name)
  answerErrors(app)
  app.get('/health', async () => health(name))
  app.get('/ready', async (_request, reply) => {
    const ready = parts !== undefined && (await parts.isReady())
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  await link.open()
  parts = await build({ app, link, routes })
  await parts.onSwitches?.(link.switches)
  stopOnSignal(app, parts)
  await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
}

function createApp(name: string): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = pino({ base: { name } })
  return Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  })
}

function health(service: string) {
  const version = process.env['PLAZA_VERSION'] ?? 'unknown'
  return { status: 'ok', service, version, uptimeSeconds: Math.round(process.uptime() * 1000) / 1000 }
}

function stopOnSignal(app: FastifyInstance, parts: ServiceParts): void {
  const stop = async () => {
    setTimeout(() => process.exit(0), drainMs).unref()
    await app.close()
    await parts.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
}

import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { pino } from 'pino'
import type { SwitchState } from '../switch-state.ts'
import { SupervisorLink } from './link.ts'
import { addMetrics } from './metrics.ts'
import { answerErrors } from './problems.ts'

/** What a service adds to the frame that all share. */
export interface ServiceParts {
  isReady(): boolean | Promise<boolean>
  onSwitches?(state: SwitchState): void | Promise<void>
  close(): Promise<void>
}

export interface ServiceFrame {
  readonly app: FastifyInstance
  readonly link: SupervisorLink
}

/** How long a service that is told to stop may finish its requests, in ms; then it ends anyway. */
const drainMs = 2_500

/**
 * Runs one service in this process: `/health`, `/ready` and `/metrics`, logs to stdout, the switches, a clean
 * stop on SIGTERM. `PORT` says where to listen, `PLAZA_VERSION` what it calls itself.
 */
export async function runService(
  name: string,
  build: (frame: ServiceFrame) => Promise<ServiceParts>,
): Promise<void> {
  const app = createApp(name)
  let parts: ServiceParts | undefined
  const link = new SupervisorLink((state) => parts?.onSwitches?.(state))
  addMetrics(app, name)
  answerErrors(app)
  app.get('/health', async () => health(name))
  app.get('/ready', async (_request, reply) => {
    const ready = parts !== undefined && link.isTold && (await parts.isReady())
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  parts = await build({ app, link })
  stopOnSignal(app, parts)
  await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
  link.open()
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

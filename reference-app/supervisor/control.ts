import { randomBytes, timingSafeEqual } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Address, findLink, type Link, links, parseLoopback } from '../platform/links.ts'
import { answerErrors } from '../platform/service/problems.ts'
import { isSwitchName, type SwitchState, switchNames } from '../platform/switch-state.ts'
import type { Description } from './description.ts'
import type { Fact } from './facts.ts'

/** What the control can have done; names it does not know are answered before they get here. */
export interface Controlled {
  describe(): Description
  switches(): SwitchState
  throwSwitch(name: keyof SwitchState, isOn: boolean): Promise<readonly string[]>
  /** Leads a link over another address, or straight; gives the names of the services that did not acknowledge it. */
  leadLink(link: Link, via: Address | undefined): Promise<readonly string[]>
  processNames(): readonly string[]
  setDesired(name: string, desired: 'running' | 'stopped'): Promise<void>
  ordersFact(sinceUs: number): Promise<Fact>
}

const onBody = {
  type: 'object',
  properties: { on: { type: 'boolean' } },
  required: ['on'],
  additionalProperties: false,
} as const

const desiredBody = {
  type: 'object',
  properties: { desired: { enum: ['running', 'stopped'] } },
  required: ['desired'],
  additionalProperties: false,
} as const

const viaBody = {
  type: 'object',
  properties: { via: { type: ['string', 'null'] } },
  required: ['via'],
  additionalProperties: false,
} as const

const sinceQuery = {
  type: 'object',
  properties: { sinceUs: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 } },
} as const

/** Opens the control behind `door`, which already listens. Who can read the token file may use it. */
export async function openControl(door: Server, tokenFile: string, controlled: Controlled): Promise<void> {
  const token = randomBytes(24).toString('base64url')
  writeFileSync(tokenFile, token, { mode: 0o600 })
  const app = Fastify()
  answerErrors(app)
  app.addHook('onRequest', async (request, reply) => {
    if (isEqual(request.headers.authorization ?? '', `Bearer ${token}`)) return
    return reply.code(401).send({ error: 'the control needs the token of its token file' })
  })
  addRoutes(app, controlled)
  await app.ready()
  door.on('request', app.routing)
}

function addRoutes(app: FastifyInstance, controlled: Controlled): void {
  app.get('/describe', async () => controlled.describe())
  app.get('/switches', async () => controlled.switches())

  app.put<{ Params: { name: string }; Body: { on: boolean } }>(
    '/switches/:name',
    { schema: { body: onBody } },
    async ({ params: { name }, body: { on } }, reply) => {
      if (!isSwitchName(name)) return reply.code(404).send(unknown('switch', name, switchNames))
      const silent = await controlled.throwSwitch(name, on)
      if (silent.length === 0) return { name, on }
      const error = `thrown, but not yet acknowledged by ${silent.join(', ')}`
      return reply.code(504).send({ name, on, error })
    },
  )

  app.put<{ Params: { name: string }; Body: { desired: 'running' | 'stopped' } }>(
    '/processes/:name',
    { schema: { body: desiredBody } },
    async ({ params: { name }, body: { desired } }, reply) => {
      const names = controlled.processNames()
      if (!names.includes(name)) return reply.code(404).send(unknown('process', name, names))
      await controlled.setDesired(name, desired)
      return { name, desired }
    },
  )

  app.put<{ Params: { name: string }; Body: { via: string | null } }>(
    '/links/:name',
    { schema: { body: viaBody } },
    async ({ params: { name }, body: { via } }, reply) => {
      const link = findLink(name)
      if (link === undefined) {
        const names = links.map((known) => known.name)
        return reply.code(404).send(unknown('link', name, names))
      }
      const address = via === null ? undefined : parseLoopback(via)
      if (via !== null && address === undefined) {
        return reply.code(400).send({ error: `via is ${via}, not null or an address such as 127.0.0.1:7400` })
      }
      const silent = await controlled.leadLink(link, address)
      if (silent.length === 0) return { name, via }
      const error = `re-routed, but not yet acknowledged by ${silent.join(', ')}`
      return reply.code(504).send({ name, via, error })
    },
  )

  app.get<{ Params: { name: string }; Querystring: { sinceUs: number } }>(
    '/facts/:name',
    { schema: { querystring: sinceQuery } },
    async ({ params: { name }, query: { sinceUs } }, reply) => {
      if (name !== 'orders') return reply.code(404).send(unknown('fact', name, ['orders']))
      return controlled.ordersFact(sinceUs)
    },
  )
}

function unknown(what: string, name: string, known: readonly string[]) {
  return { error: `no ${what} named ${name}; there are: ${known.join(', ')}`, known }
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

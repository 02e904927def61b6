import { once } from 'node:events'
import { connect } from 'node:net'
import { Type } from 'typebox'
import { duration, parseDuration, type Target } from '../../../reports/run/index.ts'
import { TcpProbe } from '../planned-probe.ts'
import { type ProbeKind, SomeTime } from '../probe-kind.ts'
import { limitedBy, reasonOf } from './limit.ts'
import { exactlyOne, notDescribed } from './ways.ts'

const TcpSettings = Type.Object(
  {
    to: Type.Optional(Type.String({ description: 'host:port' })),
    address: Type.Optional(Type.String({ description: 'one of the addresses of the target' })),
    link: Type.Optional(Type.String({ description: 'one of the links of the target' })),
    timeout: Type.Optional(SomeTime),
  },
  { additionalProperties: false, description: 'a connection that is opened and closed' },
)

/** Whether a connection opens in time. A link is dialled where its own side dials it. */
export const tcpKind: ProbeKind<typeof TcpSettings, TcpProbe> = {
  kind: 'tcp',
  settings: TcpSettings,
  planned: TcpProbe,
  fields: ['connected', 'latencyMs'],
  normal: true,
  mistakes: (settings) => [
    ...exactlyOne(settings, ['to', 'address', 'link']),
    ...(settings.to === undefined || endpointOf(settings.to) !== undefined
      ? []
      : [
          {
            path: ['to'],
            message: `"${settings.to}" is no host:port`,
            hint: 'expected such as 127.0.0.1:5432',
          },
        ]),
  ],
  plan: ({ timeout = '1s', ...settings }, head) => ({
    ...head,
    kind: 'tcp',
    ...settings,
    timeoutMs: parseDuration(timeout) ?? 0,
  }),
  outOfReach: ({ address, link }, { target }) => {
    if (address !== undefined) return notDescribed('address', address, Object.keys(target.addresses), target)
    const links = target.links.map(({ name }) => name)
    return link === undefined ? undefined : notDescribed('link', link, links, target)
  },
  subject: ({ to, address, link }) => `TCP to ${to ?? address ?? link}`,
  ask: async (probe, { target, context: { clock }, signal }) => {
    const endpoint = endpointOf(dialled(probe, target) ?? '')
    if (endpoint === undefined) return { silent: `${target.name} describes no such address or link` }
    const startUs = clock.nowUs()
    const failure = await dial(endpoint, probe.timeoutMs, signal)
    if (failure?.isOfName) return { silent: failure.reason }
    if (failure !== undefined) return { fields: { connected: false }, note: failure.reason }
    return { fields: { connected: true, latencyMs: (clock.nowUs() - startUs) / 1000 } }
  },
}

function dialled({ to, address = '', link }: TcpProbe, { addresses, links }: Target): string | undefined {
  return to ?? addresses[address] ?? links.find(({ name }) => name === link)?.listen
}

interface Endpoint {
  readonly host: string
  readonly port: number
}

const USUAL_PORTS = new Map([
  ['http:', 80],
  ['ws:', 80],
  ['https:', 443],
  ['wss:', 443],
])

/** Of host:port, or of an address with a protocol. */
function endpointOf(text: string): Endpoint | undefined {
  const url = URL.parse(text.includes('://') ? text : `tcp://${text}`)
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const port = Number(url?.port) || USUAL_PORTS.get(url?.protocol ?? '')
  return host === '' || port === undefined ? undefined : { host, port }
}

interface Failure {
  readonly reason: string
  /** the name was not found, so nobody was asked */
  readonly isOfName: boolean
}

/** Opens a connection and closes it; why it did not open, when it did not. */
async function dial(
  { host, port }: Endpoint,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Failure | undefined> {
  const limit = limitedBy(timeoutMs, signal)
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect', { signal: limit.signal })
    return undefined
  } catch (error) {
    if (limit.isOver()) return { reason: `not open within ${duration(timeoutMs)}`, isOfName: false }
    const isOfName = error instanceof Error && 'syscall' in error && error.syscall === 'getaddrinfo'
    return { reason: reasonOf(error), isOfName }
  } finally {
    socket.on('error', () => {}).destroy()
  }
}

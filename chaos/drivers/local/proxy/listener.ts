import { createServer, type Server, type Socket } from 'node:net'
import { GauntletError } from '../../../../reports/run/index.ts'
import { type Address, parseAddress } from './address.ts'

/** Many clients may come at once; the kernel takes what net.core.somaxconn allows. */
const BACKLOG = 4096

export interface Listening<Kind extends Server> {
  readonly server: Kind
  readonly address: Address
}

/** Clients come in as sockets that nobody reads from yet. */
export function openListener(
  listen: string,
  onAccepted: (socket: Socket) => void,
): Promise<Listening<Server>> {
  return openServer(
    createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, onAccepted),
    listen,
  )
}

/** Resolves when it listens, and says where: a port of 0 is any that is free. */
export async function openServer<Kind extends Server>(
  server: Kind,
  listen: string,
): Promise<Listening<Kind>> {
  const wanted = parseAddress(listen)
  if (wanted === undefined) throw cannotListen(listen, 'missing port in address')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ ...(wanted.host && { host: wanted.host }), port: wanted.port, backlog: BACKLOG }, resolve)
  await promise.catch((cause: unknown) => {
    throw cannotListen(listen, why(cause), cause)
  })
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw cannotListen(listen, 'no address was bound')
  return { server, address: { host: bound.address, port: bound.port } }
}

/** As Go says it, and Toxiproxy passes on. */
function cannotListen(listen: string, reason: string, cause?: unknown): GauntletError {
  return new GauntletError('CANNOT_LISTEN', `listen tcp ${listen}: ${reason}`, {
    hint: 'give another port, or 0 for one that is free',
    cause,
  })
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
  EACCES: 'bind: permission denied',
}

function why(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? String(cause.code) : ''
  return REASONS[code] ?? cause.message
}

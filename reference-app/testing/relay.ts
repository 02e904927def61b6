/** What a link can be led over in tests: a TCP relay that counts and can hold still, and a name server that is none. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Relay {
  readonly address: string
  /** Connections accepted since it started. */
  accepted(): number
  /** Connections that are open on the dialling side. */
  open(): number
  /** Passes no more bytes from the far end, on old connections and new ones. */
  holdStill(): void
  /** What it was sent since it holds still. */
  swallowed(): string
  close(): void
}

/** Relays to a port of this machine. */
export async function startRelay(port: number): Promise<Relay> {
  let accepted = 0
  let isStill = false
  let swallowed = ''
  const near = new Set<Socket>()
  const far = new Set<Socket>()
  const server = createServer((client) => {
    accepted += 1
    const upstream = connect(port, '127.0.0.1')
    keep(client, near)
    keep(upstream, far)
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.destroySoon())
    client.on('data', (chunk) => {
      if (isStill) swallowed += chunk.toString('latin1')
    })
    client.pipe(upstream)
    upstream.pipe(client)
    if (isStill) upstream.unpipe()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${portOf(server)}`,
    accepted: () => accepted,
    open: () => near.size,
    holdStill: () => {
      isStill = true
      for (const upstream of far) upstream.unpipe()
    },
    swallowed: () => swallowed,
    close: () => {
      server.close()
      for (const socket of [...near, ...far]) socket.destroy()
    },
  }
}

export interface SilentNameServer {
  readonly address: string
  /** Queries that it heard and did not answer. */
  asked(): number
  close(): void
}

export async function startSilentNameServer(): Promise<SilentNameServer> {
  let asked = 0
  const socket = createSocket('udp4')
  socket.on('message', () => {
    asked += 1
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    close: () => socket.close(),
  }
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.on('error', () => {})
  socket.once('close', () => sockets.delete(socket))
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay does not listen')
  return address.port
}

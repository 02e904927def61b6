import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { after } from 'node:test'
import { serveApi } from '../api/server.ts'
import { Proxies } from '../proxies.ts'

/** A proxy before an upstream of the test's own, and its API. All of it ends with the test file. */
export interface Rig {
  readonly proxies: Proxies
  readonly url: string
  readonly port: number
  /** gives the status and the JSON */
  ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>
  /** adds a toxic to the proxy `link` */
  add(type: string, attributes?: object, more?: object): Promise<void>
  remove(name: string): Promise<void>
  connect(): Promise<Client>
}

export async function startRig(serve: (socket: Socket) => void = echo): Promise<Rig> {
  const upstream = await listen(createServer({ allowHalfOpen: true, noDelay: true }, serve))
  const proxies = new Proxies()
  const api = await serveApi({ proxies, port: 0 })
  const proxy = await proxies.put('link', { listen: '127.0.0.1:0', upstream: `127.0.0.1:${upstream}` }, true)
  after(() => {
    proxies.stop()
    api.close()
  })
  const port = Number(proxy.addresses.listen.split(':').at(-1))
  const ask = async (method: string, path: string, body?: object) => {
    const reply = await fetch(api.url + path, { method, ...(body && { body: JSON.stringify(body) }) })
    const text = await reply.text()
    const answer: unknown = text === '' ? undefined : JSON.parse(text)
    return { status: reply.status, body: answer }
  }
  const must = async (method: string, path: string, body?: object) => {
    const reply = await ask(method, path, body)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(reply)}`)
  }
  return {
    proxies,
    url: api.url,
    port,
    ask,
    add: (type, attributes = {}, more = {}) =>
      must('POST', '/proxies/link/toxics', { type, name: type, attributes, ...more }),
    remove: (name) => must('DELETE', `/proxies/link/toxics/${name}`),
    connect: () => openClient(port),
  }
}

/** gives the port */
export async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('error', () => {})
  })
  after(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

export const echo = (socket: Socket): void => void socket.pipe(socket)

/** What came to a client so far, and how it ended. */
export class Client {
  readonly socket: Socket
  /** `end`: a FIN; `ECONNRESET`: a reset */
  readonly ended: Promise<string>
  readonly #chunks: Buffer[] = []

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes) => {
      this.#chunks.push(bytes)
      socket.emit('received')
    })
    this.ended = new Promise((resolve) => {
      socket.once('end', () => resolve('end'))
      socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    })
  }

  get received(): string {
    return Buffer.concat(this.#chunks).toString()
  }

  send(text: string): void {
    this.socket.write(text)
  }

  /** resolves once as many bytes have come */
  async got(text: string): Promise<void> {
    while (this.received.length < text.length) await once(this.socket, 'received')
    if (this.received !== text) throw new Error(`got "${this.received}", not "${text}"`)
  }
}

export async function openClient(port: number): Promise<Client> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  after(() => socket.destroy())
  const client = new Client(socket)
  await once(socket, 'connect')
  return client
}

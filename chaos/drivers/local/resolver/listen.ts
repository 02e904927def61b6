import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { onMessages, writeMessage } from './tcp-messages.ts'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

export interface Takers {
  readonly byUdp: (message: Buffer) => Promise<Buffer | undefined>
  readonly byTcp: (message: Buffer) => Promise<Buffer | undefined>
}

const HOST = '127.0.0.1'
/** What may wait to be read: the system drops the rest, or grants less. A few hundred questions fit in what is usual. */
const BURST_BYTES = 1024 * 1024
/** How often a free port of one transport may be taken in the other before we give up. */
const MOST_TRIES = 20
/** A client that asks nothing more has gone away without saying so (RFC 7766, section 6.2.3). */
const IDLE_MS = 30_000

/** One port of loopback for both transports; 0 takes a free one. */
export async function listen(takers: Takers, port: number): Promise<Listening> {
  for (let tries = 1; ; tries += 1) {
    const udp = createSocket({ type: 'udp4', recvBufferSize: BURST_BYTES })
    try {
      udp.bind(port, HOST)
      await once(udp, 'listening')
      const tcp = await listenTcp(takers.byTcp, udp.address().port)
      takeUdp(udp, takers.byUdp)
      return { port: udp.address().port, close: () => closeBoth(udp, tcp) }
    } catch (cause) {
      udp.close()
      if (port !== 0 || tries === MOST_TRIES) throw cause
    }
  }
}

function takeUdp(udp: UdpSocket, take: Takers['byUdp']): void {
  let open = true
  udp.once('close', () => {
    open = false
  })
  udp.on('error', () => {})
  udp.on('message', async (message, { address, port }) => {
    const answer = await take(message)
    if (answer !== undefined && open) udp.send(answer, port, address, () => {})
  })
}

interface TcpListening {
  readonly server: Server
  readonly sockets: ReadonlySet<Socket>
}

async function listenTcp(take: Takers['byTcp'], port: number): Promise<TcpListening> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {}).setTimeout(IDLE_MS, () => socket.destroy())
    onMessages(socket, async (message) => {
      const answer = await take(message)
      if (answer !== undefined && socket.writable) writeMessage(socket, answer)
    })
  })
  server.listen(port, HOST)
  await once(server, 'listening')
  return { server, sockets }
}

async function closeBoth(udp: UdpSocket, { server, sockets }: TcpListening): Promise<void> {
  const closed = Promise.all([once(udp, 'close'), once(server, 'close')])
  udp.close()
  server.close()
  for (const socket of sockets) socket.destroy()
  await closed
}

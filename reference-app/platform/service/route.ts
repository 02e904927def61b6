import { type LookupFunction, Socket, type TcpNetConnectOpts } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Address } from '../links.ts'
import type { Names } from './names.ts'

/** How long what is busy when its link is re-routed may go on the old way, in ms. */
const graceMs = 1_000

/**
 * One link as its service dials it: the one place that knows which way it leads now. When that changes, new
 * connections take the new way, pools are told to close the idle ones, and what is left after a second is cut.
 */
export class Route {
  readonly #end: Address
  readonly #names: Names
  #via: Address | undefined
  #sockets = new Set<Socket>()
  readonly #moved: (() => void)[] = []

  /** `end`: where the link leads by itself, its host a name. */
  constructor(end: Address, names: Names) {
    this.#end = end
    this.#names = names
  }

  /** A socket that, however it is told to connect, takes the way that is right at that moment. */
  socket(): RoutedSocket {
    return new RoutedSocket((socket) => this.#begin(socket))
  }

  /** Whether this socket was connected the way that connections take now. */
  leadsThrough(socket: Socket): boolean {
    return this.#sockets.has(socket)
  }

  /** Calls back when the way has changed, to close at once what is idle. */
  onMoved(listener: () => void): void {
    this.#moved.push(listener)
  }

  /** Leads the link over another address; `undefined`: straight to its end. */
  move(via: Address | undefined): void {
    if (isDeepStrictEqual(via, this.#via)) return
    this.#via = via
    const old = this.#sockets
    this.#sockets = new Set()
    for (const listener of this.#moved) listener()
    setTimeout(() => {
      for (const socket of old) socket.destroy()
    }, graceMs).unref()
  }

  #begin(socket: Socket): TcpNetConnectOpts {
    const sockets = this.#sockets
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const { host, port } = this.#via ?? this.#end
    return { host: this.#end.host, port, lookup: this.#lookUpFor(host), autoSelectFamily: false }
  }

  /** The name is looked up even when the link is re-routed: a proxy on the way spares no one the name server. */
  #lookUpFor(host: string): LookupFunction {
    return (name, _options, done) => {
      this.#names.lookUp(name).then(
        (address) => done(null, host === name ? address : host, 4),
        (error) => done(error, '', 4),
      )
    }
  }
}

class RoutedSocket extends Socket {
  readonly #begin: (socket: Socket) => TcpNetConnectOpts

  constructor(begin: (socket: Socket) => TcpNetConnectOpts) {
    super()
    this.#begin = begin
  }

  override connect(): this {
    return super.connect(this.#begin(this))
  }
}

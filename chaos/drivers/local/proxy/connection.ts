import { connect, type Socket } from 'node:net'
import type { ActiveToxic } from './active-toxic.ts'
import { adopt } from './adopt.ts'
import { type AppliedToxic, applyToxic } from './applied-toxic.ts'
import type { DueQueue } from './due.ts'
import { Link } from './link.ts'
import type { Stream } from './toxic.ts'

export interface ConnectionOptions {
  /** as the listener gave it, not yet read from */
  readonly accepted: Socket
  readonly upstream: { readonly host: string; readonly port: number }
  /** counts the proxy's connections from 1 */
  readonly number: number
  readonly due: DueQueue
  readonly toxics: readonly ActiveToxic[]
  readonly onClosed: (connection: Connection) => void
}

/** A client, a server, and a link for each direction between them. The end of one direction leaves the other open. */
export class Connection {
  readonly number: number
  readonly due: DueQueue
  readonly links: Readonly<Record<Stream, Link>> = { upstream: new Link(), downstream: new Link() }
  readonly client: Socket
  readonly server: Socket
  readonly #applied = new Map<string, AppliedToxic>()
  readonly #onClosed: (connection: Connection) => void
  #openSockets = 2

  constructor({ accepted, upstream, number, due, toxics, onClosed }: ConnectionOptions) {
    this.number = number
    this.due = due
    this.#onClosed = onClosed
    const { links } = this
    this.client = adopt(accepted, links.upstream.onread)
    const options = { ...upstream, noDelay: true, allowHalfOpen: true, onread: links.downstream.onread }
    this.server = connect(options)
    links.upstream.join(this.client, this.server)
    links.downstream.join(this.server, this.client)
    this.#follow(this.client, this.server)
    this.#follow(this.server, this.client)
    for (const toxic of toxics) this.apply(toxic)
  }

  apply(toxic: ActiveToxic): void {
    const applied = applyToxic(toxic, this, this.#applied.get(toxic.name)?.memory)
    this.#applied.set(toxic.name, applied)
  }

  /** what the toxic holds goes on at once and in order */
  takeBack({ name }: ActiveToxic): void {
    this.#applied.get(name)?.release()
    this.#applied.delete(name)
  }

  /** acts with its new settings from now on; what it held goes on at once */
  update(toxic: ActiveToxic): void {
    this.#applied.get(toxic.name)?.release()
    this.apply(toxic)
  }

  /** ends both sides once what was sent has left us */
  close(): void {
    this.client.destroySoon()
    this.server.destroySoon()
  }

  /** ends both sides now */
  destroy(): void {
    this.client.destroy()
    this.server.destroy()
  }

  reset(): void {
    for (const socket of [this.client, this.server]) if (!socket.destroyed) socket.resetAndDestroy()
  }

  /** What broke one side breaks the other in the same way; a server that was never reached closes the client. */
  #follow(socket: Socket, other: Socket): void {
    let wasConnected = !socket.connecting
    socket.once('connect', () => {
      wasConnected = true
    })
    socket.on('error', () => {
      if (!wasConnected) other.destroy()
      else if (!other.destroyed) other.resetAndDestroy()
    })
    socket.once('close', () => {
      this.#openSockets--
      if (this.#openSockets === 0) this.#closed()
    })
  }

  #closed(): void {
    for (const link of Object.values(this.links)) link.drop()
    this.#applied.clear()
    this.#onClosed(this)
  }
}

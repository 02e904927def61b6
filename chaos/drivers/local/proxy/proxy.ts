import type { Server, Socket } from 'node:net'
import type { ActiveToxic } from './active-toxic.ts'
import { type Address, addressInWords, parseAddress } from './address.ts'
import { Connection } from './connection.ts'
import type { DueQueue } from './due.ts'
import { openListener } from './listener.ts'
import type { Stream } from './toxic.ts'
import { type Bytes, Traffic } from './traffic.ts'

export interface ProxyAddresses {
  /** such as `127.0.0.1:0`; once it listened, the port that it got */
  readonly listen: string
  readonly upstream: string
}

/** Nobody listens there: a connection to it fails, as one to an address that cannot be read should. */
const NOWHERE: Address = { host: '', port: 0 }

/** Listens, connects each client with the upstream, and lets toxics act on what flows between. */
export class TcpProxy {
  readonly name: string
  readonly #due: DueQueue
  readonly #connections = new Set<Connection>()
  readonly #traffic = new Traffic()
  #addresses: ProxyAddresses
  #server: Server | undefined
  #isEnabled = false
  #toxics: readonly ActiveToxic[] = []
  #acceptedCount = 0

  constructor(name: string, addresses: ProxyAddresses, due: DueQueue) {
    this.name = name
    this.#addresses = addresses
    this.#due = due
  }

  get addresses(): ProxyAddresses {
    return this.#addresses
  }

  /** what was asked for; a toxic may keep the listener closed meanwhile */
  get isEnabled(): boolean {
    return this.#isEnabled
  }

  /** in the order in which they act, the upstream ones first */
  get toxics(): readonly ActiveToxic[] {
    const of = (stream: Stream) => this.#toxics.filter((toxic) => toxic.stream === stream)
    return [...of('upstream'), ...of('downstream')]
  }

  get openConnections(): number {
    return this.#connections.size
  }

  get traffic(): Readonly<Record<Stream, Bytes>> {
    return this.#traffic.with(this.#connections)
  }

  /** rejects with CANNOT_LISTEN, naming the port, and stays as it was */
  async start(): Promise<void> {
    if (this.#isEnabled) return
    await this.#listenUnless(this.#toxics)
    this.#isEnabled = true
  }

  /** closes the listener and every connection */
  stop(): void {
    this.#isEnabled = false
    this.#closeListener()
    for (const connection of this.#connections) connection.destroy()
  }

  /** other addresses close what is open */
  async update({ listen, upstream }: ProxyAddresses, isEnabled: boolean): Promise<void> {
    if (listen !== this.#addresses.listen || upstream !== this.#addresses.upstream) this.stop()
    this.#addresses = { listen, upstream }
    if (isEnabled) await this.start()
    else this.stop()
  }

  add(toxic: ActiveToxic): void {
    this.#toxics = [...this.#toxics, toxic]
    if (toxic.settings.refusesConnections) this.#closeListener()
    for (const connection of this.#connections) connection.apply(toxic)
  }

  replace(toxic: ActiveToxic): void {
    this.#toxics = this.#toxics.map((one) => (one.name === toxic.name ? toxic : one))
    for (const connection of this.#connections) connection.update(toxic)
  }

  /** when the port was taken by another meanwhile, it rejects and the toxic stays on */
  async remove(toxic: ActiveToxic): Promise<void> {
    const remaining = this.#toxics.filter((one) => one !== toxic)
    if (this.#isEnabled) await this.#listenUnless(remaining)
    this.#toxics = remaining
    for (const connection of this.#connections) connection.takeBack(toxic)
  }

  async #listenUnless(toxics: readonly ActiveToxic[]): Promise<void> {
    if (this.#server !== undefined || toxics.some(({ settings }) => settings.refusesConnections)) return
    const { server, address } = await openListener(this.#addresses.listen, (socket) => this.#accept(socket))
    this.#server = server
    this.#addresses = { ...this.#addresses, listen: addressInWords(address) }
  }

  #closeListener(): void {
    this.#server?.close()
    this.#server = undefined
  }

  #accept(accepted: Socket): void {
    this.#acceptedCount++
    const connection = new Connection({
      accepted,
      upstream: parseAddress(this.#addresses.upstream) ?? NOWHERE,
      number: this.#acceptedCount,
      due: this.#due,
      toxics: this.#toxics,
      onClosed: (closed) => {
        this.#connections.delete(closed)
        this.#traffic.add(closed)
      },
    })
    this.#connections.add(connection)
  }
}

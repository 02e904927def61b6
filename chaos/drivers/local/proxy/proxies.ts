import { DueQueue } from './due.ts'
import { type ProxyAddresses, TcpProxy } from './proxy.ts'

/** All proxies of this process, by their names. */
export class Proxies {
  readonly #due = new DueQueue()
  readonly #byName = new Map<string, TcpProxy>()

  get(name: string): TcpProxy | undefined {
    return this.#byName.get(name)
  }

  all(): TcpProxy[] {
    return [...this.#byName.values()]
  }

  get openConnections(): number {
    return this.all().reduce((sum, { openConnections }) => sum + openConnections, 0)
  }

  /** one of the same name is stopped and replaced; one that cannot listen is not kept */
  async put(name: string, addresses: ProxyAddresses, isEnabled: boolean): Promise<TcpProxy> {
    this.#byName.get(name)?.stop()
    const proxy = new TcpProxy(name, addresses, this.#due)
    if (isEnabled) await proxy.start()
    this.#byName.set(name, proxy)
    return proxy
  }

  remove(proxy: TcpProxy): void {
    proxy.stop()
    this.#byName.delete(proxy.name)
  }

  /** every fault is taken back: all toxics off, every proxy on */
  async reset(): Promise<void> {
    const failures: unknown[] = []
    for (const proxy of this.all())
      try {
        for (const toxic of proxy.toxics) await proxy.remove(toxic)
        await proxy.start()
      } catch (error) {
        failures.push(error) // the others are let go all the same
      }
    if (failures.length > 0) throw failures[0]
  }

  stop(): void {
    for (const proxy of this.all()) this.remove(proxy)
  }
}

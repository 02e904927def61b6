import { isTaken, said, type UndoStep } from '../../../../reports/run/index.ts'
import type { Toxic, ToxicEffect, Toxiproxy } from './toxiproxy.ts'

/** The toxics of one fault on one proxy, each named after the fault and its place. */
export class FaultToxics {
  readonly #toxiproxy: Toxiproxy
  readonly #proxy: string
  readonly #named: readonly (readonly [name: string, toxic: Toxic])[]

  constructor(toxiproxy: Toxiproxy, proxy: string, fault: string, toxics: readonly Toxic[]) {
    this.#toxiproxy = toxiproxy
    this.#proxy = proxy
    // `RUN/EXPERIMENT/N` has no slash as a toxic's name
    this.#named = toxics.map((toxic, n) => [`${fault.replaceAll('/', '-')}-${n + 1}`, toxic])
  }

  /** One after the other, after those that are there; why one could not be added, or undefined. */
  async add(): Promise<string | undefined> {
    for (const [name, toxic] of this.#named) {
      const added = await this.#toxiproxy.add(this.#proxy, name, toxic)
      if (!isTaken(added)) return `the proxy did not take ${toxic.type}: ${said(added)}`
    }
    return undefined
  }

  /** What each did so far; fewer when some are gone, or nobody can say. */
  async effects(): Promise<ToxicEffect[]> {
    const asked = this.#named.map(([name, toxic]) => this.#effect(name, toxic).catch(() => undefined))
    return (await Promise.all(asked)).filter((one) => one !== undefined)
  }

  /** How many of them are on; throws when nobody can say. */
  async stillOn(): Promise<number> {
    const asked = this.#named.map(([name, toxic]) => this.#effect(name, toxic))
    return (await Promise.all(asked)).filter((one) => one !== undefined).length
  }

  removals(): UndoStep[] {
    return this.#named.map(([name, toxic]) => this.#toxiproxy.removal(this.#proxy, name, toxic))
  }

  async #effect(name: string, toxic: Toxic): Promise<ToxicEffect | undefined> {
    return this.#toxiproxy.effect(this.#proxy, name, toxic)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Address, Link, Vias } from '../platform/links.ts'
import type { FromService, ServiceState } from '../platform/service-state.ts'
import { allOff, type SwitchName, type SwitchState } from '../platform/switch-state.ts'
import type { Child } from './children.ts'
import type { Supervised } from './supervised.ts'

/** How long an acknowledgement is waited for, in ms; it usually takes a few. */
const patienceMs = 2_000

/** The state of the failure switches and the ways of the links, told to every service: on its start, and on each change. */
export class Switchboard {
  #state: ServiceState = { switches: allOff, vias: {} }
  #sequence = 0
  readonly #connected = new Map<string, Child>()
  /** The last sequence that each service acknowledged. */
  readonly #acknowledged = new Map<string, number>()

  get switches(): SwitchState {
    return this.#state.switches
  }

  get vias(): Vias {
    return this.#state.vias
  }

  connect(service: Supervised): void {
    const { name } = service.plan
    service.on('started', (child) => {
      child.process.on('message', (message: FromService) => this.#receive(name, child, message))
      void child.ended.then(() => {
        if (this.#connected.get(name) === child) this.#connected.delete(name)
      })
    })
  }

  /** Throws a switch; gives the names of services that did not acknowledge it in time. */
  throw(name: SwitchName, isOn: boolean): Promise<readonly string[]> {
    return this.#tellAll({ ...this.#state, switches: { ...this.#state.switches, [name]: isOn } })
  }

  /** Leads a link over another address, or straight; gives the names of those who dial it and did not acknowledge. */
  lead({ name, from }: Link, via: Address | undefined): Promise<readonly string[]> {
    const { [name]: _former, ...others } = this.#state.vias
    const vias = via === undefined ? others : { ...others, [name]: via }
    return this.#tellAll({ ...this.#state, vias }, (service) => from === 'plaza' || service === from)
  }

  /** Waits for the acknowledgement of those asked for; gives the names of those whose did not come in time. */
  async #tellAll(
    state: ServiceState,
    isAskedFor: (service: string) => boolean = () => true,
  ): Promise<readonly string[]> {
    this.#state = state
    this.#sequence += 1
    const sequence = this.#sequence
    for (const child of this.#connected.values()) this.#tell(child)
    const end = performance.now() + patienceMs
    const silent = () => this.#silent(sequence).filter(isAskedFor)
    while (silent().length > 0 && performance.now() < end) await sleep(2)
    return silent()
  }

  #receive(name: string, child: Child, message: FromService): void {
    switch (message.kind) {
      case 'hello':
        this.#connected.set(name, child)
        this.#acknowledged.delete(name)
        this.#tell(child)
        return
      case 'acknowledged':
        this.#acknowledged.set(name, message.sequence)
        return
      default:
        message satisfies never
    }
  }

  #tell(child: Child): void {
    if (!child.process.connected) return
    child.process.send({ kind: 'state', sequence: this.#sequence, state: this.#state }, () => {})
  }

  #silent(sequence: number): string[] {
    return [...this.#connected.keys()].filter((name) => (this.#acknowledged.get(name) ?? -1) < sequence)
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { allOff, type FromService, type SwitchName, type SwitchState } from '../platform/switch-state.ts'
import type { Child } from './children.ts'
import type { Supervised } from './supervised.ts'

/** How long an acknowledgement is waited for, in ms; it usually takes a few. */
const patienceMs = 2_000

/** The state of the failure switches, told to every service: on its start, and on each change. */
export class Switchboard {
  #state: SwitchState = allOff
  #sequence = 0
  readonly #connected = new Map<string, Child>()
  /** The last sequence that each service acknowledged. */
  readonly #acknowledged = new Map<string, number>()

  get state(): SwitchState {
    return this.#state
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
  async throw(name: SwitchName, isOn: boolean): Promise<readonly string[]> {
    this.#state = { ...this.#state, [name]: isOn }
    this.#sequence += 1
    const sequence = this.#sequence
    for (const child of this.#connected.values()) this.#tell(child)
    const end = performance.now() + patienceMs
    while (this.#silent(sequence).length > 0 && performance.now() < end) await sleep(2)
    return this.#silent(sequence)
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
    child.process.send({ kind: 'switches', sequence: this.#sequence, state: this.#state }, () => {})
  }

  #silent(sequence: number): string[] {
    return [...this.#connected.keys()].filter((name) => (this.#acknowledged.get(name) ?? -1) < sequence)
  }
}

import { setImmediate as turn } from 'node:timers/promises'
import type { FromService, ServiceState, ToService } from '../service-state.ts'
import { allOff, type SwitchState } from '../switch-state.ts'

/**
 * A service's side of the pipe to its supervisor. It carries the failure switches and the ways of the links, and its
 * end tells that the supervisor is gone: then the service ends too, so that no orphan stays behind even after a
 * `kill -9`.
 */
export class SupervisorLink {
  #switches: SwitchState = allOff
  readonly #onChange: (state: ServiceState) => void | Promise<void>

  constructor(onChange: (state: ServiceState) => void | Promise<void>) {
    this.#onChange = onChange
  }

  get switches(): SwitchState {
    return this.#switches
  }

  /** Resolves when the supervisor has told the state for the first time; without a supervisor at once. */
  async open(): Promise<void> {
    if (process.send === undefined) return
    process.on('disconnect', () => process.exit(0))
    const told = new Promise<void>((resolve) => {
      process.on('message', (message: ToService) => void this.#receive(message).then(resolve))
    })
    this.#send({ kind: 'hello' })
    await told
  }

  async #receive({ sequence, state }: ToService): Promise<void> {
    this.#switches = state.switches
    await this.#onChange(state)
    // What was told to close has closed after one turn of the event loop.
    await turn()
    this.#send({ kind: 'acknowledged', sequence })
  }

  #send(message: FromService): void {
    if (process.connected) process.send?.(message)
  }
}

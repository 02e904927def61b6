import { allOff, type FromService, type SwitchState, type ToService } from '../switch-state.ts'

/**
 * A service's side of the pipe to its supervisor. It carries the failure switches, and its end tells that the
 * supervisor is gone: then the service ends too, so that no orphan stays behind even after a `kill -9`.
 */
export class SupervisorLink {
  #state: SwitchState = allOff
  #told = process.send === undefined
  readonly #onChange: ((state: SwitchState) => void | Promise<void>) | undefined

  constructor(onChange?: (state: SwitchState) => void | Promise<void>) {
    this.#onChange = onChange
  }

  get switches(): SwitchState {
    return this.#state
  }

  /** False until the supervisor has told the state of the switches. Without a supervisor they are all off. */
  get isTold(): boolean {
    return this.#told
  }

  open(): void {
    if (process.send === undefined) return
    process.on('disconnect', () => process.exit(0))
    process.on('message', (message: ToService) => void this.#receive(message))
    this.#send({ kind: 'hello' })
  }

  async #receive({ sequence, state }: ToService): Promise<void> {
    this.#state = state
    await this.#onChange?.(state)
    this.#told = true
    this.#send({ kind: 'acknowledged', sequence })
  }

  #send(message: FromService): void {
    if (process.connected) process.send?.(message)
  }
}

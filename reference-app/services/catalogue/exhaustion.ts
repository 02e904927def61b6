import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** Between two tries to get hold of a connection that could not be had, in ms. */
const retryMs = 100

/** Takes and holds every connection of a pool while the switch `pool-exhausted` is on. */
export class Exhaustion {
  readonly #pool: pg.Pool
  #holding: AbortController | undefined

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  set(isOn: boolean): void {
    if (isOn === (this.#holding !== undefined)) return
    this.#holding?.abort()
    this.#holding = isOn ? new AbortController() : undefined
    const over = this.#holding?.signal
    if (over === undefined) return
    for (let taken = 0; taken < this.#pool.options.max; taken += 1) void this.#hold(over)
  }

  async #hold(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const client = await this.#pool.connect().catch(() => undefined)
      if (client === undefined) await sleep(retryMs)
      else if (!over.aborted) await once(over, 'abort')
      client?.release()
    }
  }
}

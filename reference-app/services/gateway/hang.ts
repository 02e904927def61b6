import type { FastifyInstance } from 'fastify'

/** Holds the requests that the switch `hang` keeps waiting, and lets them go when it is off again. */
export class Hang {
  #isOn = false
  readonly #waiting = new Set<() => void>()

  set(isOn: boolean): void {
    this.#isOn = isOn
    if (isOn) return
    for (const release of this.#waiting) release()
    this.#waiting.clear()
  }

  /** Resolves when the request may go on: at once unless the switch is on. */
  pass(): Promise<void> | undefined {
    return this.#isOn ? new Promise((resolve) => this.#waiting.add(resolve)) : undefined
  }
}

/** The page and the API hang; `/health`, `/ready` and `/metrics` do not. A client that has left is dropped. */
export function addHang(app: FastifyInstance, hang: Hang): void {
  // A gateway that stops waits for its requests: those that hang must not keep it.
  app.addHook('preClose', async () => hang.set(false))
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    if (path !== '/' && !path.startsWith('/api/')) return
    await hang.pass()
    if (request.raw.socket.destroyed) reply.hijack()
  })
}

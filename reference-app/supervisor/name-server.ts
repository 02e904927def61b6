import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { Failure } from '../platform/failure.ts'
import { hostOf } from '../platform/links.ts'
import { answerQuery } from './dns-answer.ts'

const loopback = '127.0.0.1'
const addresses = new Map(
  (['catalogue', 'orders', 'postgres'] as const).map((service) => [hostOf(service), loopback]),
)

/** Tells the services where the others are, by UDP. It lives in the supervisor: no name is worth a process of its own. */
export class NameServer {
  readonly #socket = createSocket('udp4')

  async listen(port: number): Promise<void> {
    this.#socket.on('message', (query, { port: from, address }) => {
      const answer = answerQuery(query, addresses)
      if (answer !== undefined) this.#socket.send(answer, from, address, () => {})
    })
    this.#socket.bind(port, loopback)
    try {
      await once(this.#socket, 'listening')
    } catch (cause) {
      throw new Failure(`cannot listen on UDP port ${port}`, {
        hint: 'choose another block with --port',
        exitCode: 2,
        cause,
      })
    }
    this.#socket.on('error', () => {})
  }

  close(): void {
    this.#socket.close()
  }
}

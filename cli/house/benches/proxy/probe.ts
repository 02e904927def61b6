import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const PING = Buffer.from('p')
const PROBES = 8

/** One connection that sends a byte and waits until it is back. */
export class Probe implements Disposable {
  readonly #socket: Socket

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async open(port: number): Promise<Probe> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Probe(socket)
  }

  async roundTripMs(): Promise<number> {
    const sentMs = performance.now()
    this.#socket.write(PING)
    await once(this.#socket, 'data')
    return performance.now() - sentMs
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }
}

/** So many round trips over a few connections, begun at different moments. */
export async function roundTripsMs(
  port: number,
  { count, pauseMs }: { readonly count: number; readonly pauseMs: number },
): Promise<number[]> {
  const probes = await Promise.all(Array.from({ length: PROBES }, () => Probe.open(port)))
  const each = probes.map(async (probe, index) => {
    await pause(index * 3)
    const timesMs: number[] = []
    while (timesMs.length < count / PROBES) {
      await pause(pauseMs)
      timesMs.push(await probe.roundTripMs())
    }
    return timesMs
  })
  const timesMs = (await Promise.all(each)).flat()
  for (const probe of probes) probe[Symbol.dispose]()
  return timesMs
}

/** Rank from 0 to 1. */
export function quantileOf(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(rank * sorted.length))] ?? Number.NaN
}

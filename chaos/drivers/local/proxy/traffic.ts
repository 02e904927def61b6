import type { Connection } from './connection.ts'
import type { Stream } from './toxic.ts'

export interface Bytes {
  readonly receivedBytes: number
  readonly sentBytes: number
}

/** What went through a proxy in each direction, the closed connections and the open ones. */
export class Traffic {
  #closed: Readonly<Record<Stream, Bytes>> = { upstream: NONE, downstream: NONE }

  /** counts a connection that closes */
  add(connection: Connection): void {
    this.#closed = this.with([connection])
  }

  with(open: Iterable<Connection>): Readonly<Record<Stream, Bytes>> {
    return [...open].reduce(
      ({ upstream, downstream }, { client, server }) => ({
        upstream: sum(upstream, { receivedBytes: client.bytesRead, sentBytes: server.bytesWritten }),
        downstream: sum(downstream, { receivedBytes: server.bytesRead, sentBytes: client.bytesWritten }),
      }),
      this.#closed,
    )
  }
}

const NONE: Bytes = { receivedBytes: 0, sentBytes: 0 }

const sum = (one: Bytes, other: Bytes): Bytes => ({
  receivedBytes: one.receivedBytes + other.receivedBytes,
  sentBytes: one.sentBytes + other.sentBytes,
})

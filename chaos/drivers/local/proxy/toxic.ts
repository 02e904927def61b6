/** Of the two directions of a connection: `upstream` is from the client to the server. Toxiproxy's word. */
export type Stream = 'upstream' | 'downstream'

/** Where bytes go. What is given to `send` belongs to the receiver: nobody else writes to that memory again. */
export interface Outlet {
  send(bytes: Buffer): void
  /** no more bytes of this direction come (FIN); the other direction goes on */
  end(): void
}

/** What a stage is given: its place in one direction of one connection. */
export interface Wire extends Outlet {
  readonly stream: Stream
  /** counts the proxy's connections from 1 */
  readonly connection: number
  /** the same place in the other direction: what is sent there goes on from there to the other end */
  readonly opposite: Outlet
  /** ms on the clock of `at`; never goes back */
  nowMs(): number
  /** runs once at that time, or as soon as possible when it has passed; gives what takes it back */
  at(dueMs: number, run: () => void): () => void
  /** 0 ≤ x < 1; the same seed, else the same toxic, gives the same numbers again to the same direction and connection */
  random(seed?: number): () => number
  /** numbers that outlive an update of the toxic, not its removal */
  readonly memory: Record<string, number>
  /** call when `isFull` turned false: the source is read again */
  drained(): void
  /** ends both sides in good order once what was sent has left us */
  close(): void
  /** a TCP reset (RST) to both sides at once; what was sent may be lost */
  reset(): void
}

/**
 * What one toxic does to one direction of one connection. It gets what comes, and gives on to its wire what goes, when and as it
 * likes.
 */
export interface Stage extends Outlet {
  /** true: it holds as much as it will; the source is not read until `wire.drained()` */
  readonly isFull: boolean
  /** the toxic is taken back: all that is held, the end too, goes on to the wire at once and in order; no call follows */
  release(): void
  /** the connection is gone: whatever waits is let go; no call follows */
  drop(): void
  /** what the same toxic does to the other direction, at the same place in it; released and dropped after this one */
  readonly opposite?: Stage
}

/** What a toxic does, its attributes read and complete. */
export interface Settings {
  /** as the API shows them */
  readonly attributes: Readonly<Record<string, unknown>>
  /** true: while it is on, the proxy takes no new connections */
  readonly refusesConnections?: boolean
  /** for a connection that is open or begins; undefined: nothing is to be done to this one */
  open(wire: Wire): Stage | undefined
}

/**
 * A kind of toxic: one file in toxics/, and one line in the list of built-ins there. Stages of one direction stand in
 * the order in which their toxics were added, the first nearest to the source.
 */
export interface ToxicKind {
  /** as in the API: `latency` */
  readonly type: string
  /** throws a BadAttributes; what is not given is as in `earlier`, else has its default */
  configure(attributes: unknown, earlier?: Settings['attributes']): Settings
}

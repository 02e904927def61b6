import type { Stage, Wire } from './toxic.ts'

/** When the end of the stream (FIN) waits like bytes do. */
type Item = Buffer | undefined

interface Waiting {
  readonly item: Item
  readonly dueMs: number
}

export interface Delays {
  /** when these bytes, or the end, may go on; what came earlier always goes first */
  dueMs(item: Item): number
  /** cut up before they wait */
  pieces?(bytes: Buffer): Iterable<Buffer>
  /** how much is held before the source is left unread */
  readonly limitBytes?: number
}

/** 500 ms at 32 MB a second; a source that sends more meets back-pressure, as on a full link. */
const LIMIT_BYTES = 16 * 2 ** 20

/** The stage of every toxic that only holds bytes back: a line in which each waits for its time. */
export function delayed(wire: Wire, { dueMs, pieces, limitBytes = LIMIT_BYTES }: Delays): Stage {
  const line = new Line(wire, limitBytes)
  return {
    send: (bytes) => {
      for (const piece of pieces?.(bytes) ?? [bytes]) line.add(piece, dueMs(piece))
    },
    end: () => line.add(undefined, dueMs(undefined)),
    release: () => line.release(),
    drop: () => line.drop(),
    get isFull() {
      return line.isFull
    },
  }
}

class Line {
  readonly #wire: Wire
  readonly #limitBytes: number
  #waiting: Waiting[] = []
  #heldBytes = 0
  #takeBack: (() => void) | undefined

  constructor(wire: Wire, limitBytes: number) {
    this.#wire = wire
    this.#limitBytes = limitBytes
  }

  get isFull(): boolean {
    return this.#heldBytes >= this.#limitBytes
  }

  add(item: Item, dueMs: number): void {
    const last = this.#waiting.at(-1)
    if (last === undefined && dueMs <= this.#wire.nowMs()) this.#pass(item)
    else this.#wait({ item, dueMs: Math.max(dueMs, last?.dueMs ?? dueMs) })
  }

  #wait(waiting: Waiting): void {
    this.#waiting.push(waiting)
    this.#heldBytes += waiting.item?.length ?? 0
    if (this.#waiting.length === 1) this.#arm()
  }

  release(): void {
    this.#takeBack?.()
    for (const { item } of this.#waiting) this.#pass(item)
    this.drop()
  }

  drop(): void {
    this.#takeBack?.()
    this.#waiting = []
    this.#heldBytes = 0
  }

  #arm(): void {
    const [next] = this.#waiting
    if (next !== undefined) this.#takeBack = this.#wire.at(next.dueMs, () => this.#passDue())
  }

  #passDue(): void {
    const wasFull = this.isFull
    const nowMs = this.#wire.nowMs()
    const firstLater = this.#waiting.findIndex(({ dueMs }) => dueMs > nowMs)
    const due = this.#waiting.splice(0, firstLater === -1 ? this.#waiting.length : firstLater)
    for (const { item } of due) {
      this.#heldBytes -= item?.length ?? 0
      this.#pass(item)
    }
    this.#arm()
    if (wasFull && !this.isFull) this.#wire.drained()
  }

  #pass(item: Item): void {
    if (item === undefined) this.#wire.end()
    else this.#wire.send(item)
  }
}

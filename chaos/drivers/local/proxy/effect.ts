import { HeldTimes } from './held-times.ts'
import type { Stage, Wire } from './toxic.ts'

/**
 * What a toxic did since it was added or changed, to the traffic that really came: the proof that a fault was felt.
 * A stage is measured from the outside, by what goes into it and what comes out.
 */
export class Effect {
  #connections = 0
  #receivedBytes = 0
  #sentBytes = 0
  #resets = 0
  #closes = 0
  readonly #held = new HeldTimes()

  /** as the API shows it */
  get shown() {
    return {
      connections: this.#connections,
      receivedBytes: this.#receivedBytes,
      sentBytes: this.#sentBytes,
      heldMs: this.#held.shown,
      resets: this.#resets,
      closes: this.#closes,
    }
  }

  /** Opens the stage of a toxic with its ends measured. */
  measured(open: (wire: Wire) => Stage | undefined, wire: Wire): Stage | undefined {
    this.#connections++
    const own = new Waiting(wire, this.#held)
    const other = new Waiting(wire, this.#held)
    const stage = open({
      ...wire,
      send: (bytes) => this.#left(own, bytes, wire),
      opposite: { ...wire.opposite, send: (bytes) => this.#left(other, bytes, wire.opposite) },
      reset: () => {
        this.#resets++
        wire.reset()
      },
      close: () => {
        this.#closes++
        wire.close()
      },
    })
    return stage && this.#around(stage, own, other)
  }

  #around(stage: Stage, own: Waiting, other: Waiting): Stage {
    const { opposite } = stage
    return {
      get isFull() {
        return stage.isFull
      },
      send: (bytes) => {
        this.#receivedBytes += bytes.length
        own.came(bytes.length)
        stage.send(bytes)
      },
      end: () => stage.end(),
      release: () => stage.release(),
      drop: () => stage.drop(),
      ...(opposite && { opposite: this.#around(opposite, other, own) }),
    }
  }

  #left(waiting: Waiting, bytes: Buffer, outlet: { send(bytes: Buffer): void }): void {
    this.#sentBytes += bytes.length
    waiting.left(bytes.length)
    outlet.send(bytes)
  }
}

/** The bytes of one direction that are in a stage, first come, first gone. */
class Waiting {
  readonly #wire: Pick<Wire, 'nowMs'>
  readonly #held: HeldTimes
  /** where in the stream each piece ends, and when it came */
  #pieces: { readonly endsAt: number; readonly atMs: number }[] = []
  #cameBytes = 0
  #leftBytes = 0

  constructor(wire: Pick<Wire, 'nowMs'>, held: HeldTimes) {
    this.#wire = wire
    this.#held = held
  }

  came(bytes: number): void {
    this.#cameBytes += bytes
    this.#pieces.push({ endsAt: this.#cameBytes, atMs: this.#wire.nowMs() })
  }

  left(bytes: number): void {
    this.#leftBytes += bytes
    while (this.#pieces[0] !== undefined && this.#pieces[0].endsAt <= this.#leftBytes)
      this.#held.add(this.#wire.nowMs() - this.#pieces.shift()!.atMs)
  }
}

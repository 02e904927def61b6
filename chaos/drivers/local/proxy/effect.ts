import { HeldTimes } from './held-times.ts'
import type { Outlet, Stage, Wire } from './toxic.ts'

/**
 * What a toxic did since it was added or changed, to the traffic that really came: the proof that a fault was felt.
 * A stage is measured from the outside, by what goes into it and what comes out.
 */
export class Effect {
  #connections = 0
  #receivedBytes = 0
  #sentBytes = 0
  #receivedPieces = 0
  #sentPieces = 0
  #resets = 0
  #closes = 0
  readonly #held = new HeldTimes()
  readonly #endsHeld = new HeldTimes()

  /** as the API shows it */
  get shown() {
    return {
      connections: this.#connections,
      receivedBytes: this.#receivedBytes,
      sentBytes: this.#sentBytes,
      receivedPieces: this.#receivedPieces,
      sentPieces: this.#sentPieces,
      heldMs: this.#held.shown,
      endsHeldMs: this.#endsHeld.shown,
      resets: this.#resets,
      closes: this.#closes,
    }
  }

  /** Opens the stage of a toxic with its ends measured. */
  measured(open: (wire: Wire) => Stage | undefined, wire: Wire): Stage | undefined {
    this.#connections++
    const own = new Waiting(wire, this.#held, this.#endsHeld)
    const other = new Waiting(wire, this.#held, this.#endsHeld)
    const stage = open({
      ...wire,
      ...this.#outlet(own, wire),
      opposite: this.#outlet(other, wire.opposite),
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
        this.#receivedPieces++
        own.came(bytes.length)
        stage.send(bytes)
      },
      end: () => {
        own.endCame()
        stage.end()
      },
      release: () => stage.release(),
      drop: () => stage.drop(),
      ...(opposite && { opposite: this.#around(opposite, other, own) }),
    }
  }

  #outlet(waiting: Waiting, outlet: Outlet): Outlet {
    return {
      send: (bytes) => {
        this.#sentBytes += bytes.length
        this.#sentPieces++
        waiting.left(bytes.length)
        outlet.send(bytes)
      },
      end: () => {
        waiting.endLeft()
        outlet.end()
      },
    }
  }
}

/** The bytes of one direction, and its end, that are in a stage, first come, first gone. */
class Waiting {
  readonly #wire: Pick<Wire, 'nowMs'>
  readonly #held: HeldTimes
  readonly #endsHeld: HeldTimes
  #endAtMs: number | undefined
  /** where in the stream each piece ends, and when it came */
  #pieces: { readonly endsAt: number; readonly atMs: number }[] = []
  #cameBytes = 0
  #leftBytes = 0

  constructor(wire: Pick<Wire, 'nowMs'>, held: HeldTimes, endsHeld: HeldTimes) {
    this.#wire = wire
    this.#held = held
    this.#endsHeld = endsHeld
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

  endCame(): void {
    this.#endAtMs = this.#wire.nowMs()
  }

  endLeft(): void {
    if (this.#endAtMs !== undefined) this.#endsHeld.add(this.#wire.nowMs() - this.#endAtMs)
  }
}

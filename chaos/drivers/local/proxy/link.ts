import type { Socket } from 'node:net'
import type { Outlet, Stage } from './toxic.ts'

/** Of each direction of each connection; resident only as far as it was filled once. */
const READ_BYTES = 16 * 1024
const NOTHING = Buffer.alloc(0)

/** Where a stage stands. */
export interface Place {
  readonly order: number
  readonly stage: Stage
}

/**
 * One direction of a connection: what comes from the source goes through the stages of the toxics to the sink. Without
 * toxics the memory that was read into is written at once, and read into again when the kernel has taken all of it.
 */
export class Link implements Outlet {
  readonly #memory = Buffer.allocUnsafeSlow(READ_BYTES)
  /** in the order of their toxics */
  #places: Place[] = []
  #first: Outlet | undefined
  #source: Socket | undefined
  #sink: Socket | undefined
  #isSinkBusy = false
  #isSourceHeld = false

  /** for the constructor of the source: a read costs no new memory */
  readonly onread = { buffer: this.#memory, callback: (count: number): boolean => this.#read(count) }

  join(source: Socket, sink: Socket): void {
    this.#source = source
    this.#sink = sink
    source.once('end', () => (this.#first ?? this).end())
  }

  /** straight into the sink, behind all stages */
  send(bytes: Buffer): void {
    const sink = this.#sink
    if (sink === undefined || sink.writableEnded || sink.destroyed) return
    sink.write(bytes)
    if (sink.writableLength === 0 || this.#isSinkBusy) return
    this.#isSinkBusy = true
    sink.write(NOTHING, this.#sinkTookAll)
    this.#holdSource()
  }

  end(): void {
    this.#sink?.end()
  }

  insert(place: Place): void {
    const later = this.#places.findIndex(({ order }) => order > place.order)
    this.#places.splice(later === -1 ? this.#places.length : later, 0, place)
    this.#first = this.#places[0]?.stage
  }

  remove(place: Place): void {
    this.#places = this.#places.filter((one) => one !== place)
    this.#first = this.#places[0]?.stage
    this.readOn()
  }

  /** where bytes go on behind the place of that toxic */
  behind(order: number): Outlet {
    return this.#places.find((place) => place.order > order)?.stage ?? this
  }

  drop(): void {
    for (const { stage } of this.#places) stage.drop()
    this.#places = []
    this.#first = undefined
  }

  /** reads the source again unless something still holds it back */
  readOn(): void {
    if (!this.#isSourceHeld || this.#isSinkBusy || this.#isAnyFull()) return
    this.#isSourceHeld = false
    this.#source?.resume()
  }

  #read(count: number): boolean {
    const bytes = this.#memory.subarray(0, count)
    if (this.#first === undefined) this.send(bytes)
    else {
      this.#first.send(Buffer.from(bytes))
      if (this.#isAnyFull()) this.#holdSource()
    }
    return !this.#isSourceHeld
  }

  #isAnyFull(): boolean {
    return this.#places.some(({ stage }) => stage.isFull)
  }

  #holdSource(): void {
    this.#isSourceHeld = true
    this.#source?.pause()
  }

  readonly #sinkTookAll = (): void => {
    this.#isSinkBusy = false
    this.readOn()
  }
}

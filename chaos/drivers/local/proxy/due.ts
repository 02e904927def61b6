/** Node's timers fire up to a ms late, and whole ms apart: the last stretch is spent looking at the clock. */
const AIMED_EARLY_MS = 1.25

interface Entry {
  readonly dueMs: number
  readonly run: () => void
  isTakenBack: boolean
}

/**
 * Runs things at a time that is true to some hundredths of a ms while the process is not busy. It looks at the clock
 * in every turn of the event loop for the last 1.25 ms before something is due; the loop goes on serving sockets.
 */
export class DueQueue {
  readonly #entries = new Heap()
  #timer: NodeJS.Timeout | undefined
  #isLooking = false

  nowMs(): number {
    return performance.now()
  }

  /** gives what takes it back */
  at(dueMs: number, run: () => void): () => void {
    const entry: Entry = { dueMs, run, isTakenBack: false }
    this.#entries.add(entry)
    if (this.#entries.first === entry) this.#arm()
    return () => {
      entry.isTakenBack = true
    }
  }

  readonly #turn = (): void => {
    this.#isLooking = false
    for (;;) {
      const entry = this.#entries.first
      if (entry === undefined || (entry.dueMs > this.nowMs() && !entry.isTakenBack)) break
      this.#entries.removeFirst()
      if (!entry.isTakenBack) entry.run()
    }
    this.#arm()
  }

  #arm(): void {
    if (this.#isLooking) return
    clearTimeout(this.#timer)
    const entry = this.#entries.first
    if (entry === undefined || entry.dueMs === Number.POSITIVE_INFINITY) return
    const sleepMs = entry.dueMs - this.nowMs() - AIMED_EARLY_MS
    this.#isLooking = sleepMs < 1
    if (this.#isLooking) setImmediate(this.#turn)
    else this.#timer = setTimeout(this.#turn, Math.min(Math.floor(sleepMs), LONGEST_TIMER_MS))
  }
}

/** setTimeout takes no more than 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** A binary heap: the earliest first. */
class Heap {
  readonly #entries: Entry[] = []

  get first(): Entry | undefined {
    return this.#entries[0]
  }

  add(entry: Entry): void {
    let at = this.#entries.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#dueMs(parent) <= entry.dueMs) break
      this.#entries[at] = this.#entries[parent]!
      at = parent
    }
    this.#entries[at] = entry
  }

  removeFirst(): void {
    const last = this.#entries.pop()
    if (last === undefined || this.#entries.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const child = this.#dueMs(left + 1) < this.#dueMs(left) ? left + 1 : left
      if (this.#dueMs(child) >= last.dueMs) break
      this.#entries[at] = this.#entries[child]!
      at = child
    }
    this.#entries[at] = last
  }

  #dueMs(index: number): number {
    return this.#entries[index]?.dueMs ?? Number.POSITIVE_INFINITY
  }
}

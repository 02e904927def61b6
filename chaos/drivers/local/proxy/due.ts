import { Alarm } from './alarm.ts'

interface Entry {
  readonly dueMs: number
  /** undefined: taken back */
  run: (() => void) | undefined
}

/** Runs things at their time, never early: woken by an alarm, and by a timer at the latest. */
export class DueQueue {
  readonly #entries = new Heap()
  #timer: NodeJS.Timeout | undefined
  /** none until something is to wait: most proxies only pass on */
  #alarm: Alarm | undefined

  nowMs(): number {
    return performance.now()
  }

  /** gives what takes it back; at infinity is never */
  at(dueMs: number, run: () => void): () => void {
    if (dueMs === Number.POSITIVE_INFINITY) return () => {}
    const entry: Entry = { dueMs, run }
    this.#entries.add(entry)
    if (this.#entries.first === entry) this.#arm()
    return () => {
      entry.run = undefined
      if (this.#entries.first === entry) this.#arm()
    }
  }

  readonly #turn = (): void => {
    for (let next = this.#next(); next !== undefined && next.dueMs <= this.nowMs(); next = this.#next()) {
      this.#entries.removeFirst()
      next.run?.()
    }
    this.#arm()
  }

  /** the first that was not taken back */
  #next(): Entry | undefined {
    while (this.#entries.first !== undefined && this.#entries.first.run === undefined)
      this.#entries.removeFirst()
    return this.#entries.first
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const entry = this.#next()
    if (entry === undefined) return
    const leftMs = Math.max(0, entry.dueMs - this.nowMs())
    this.#timer = setTimeout(this.#turn, Math.min(Math.ceil(leftMs), LONGEST_TIMER_MS))
    this.#alarm ??= new Alarm(this.#turn)
    this.#alarm.set(leftMs)
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

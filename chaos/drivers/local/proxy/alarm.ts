import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

/** What an alarm and its thread share. */
export interface AlarmMemory {
  /** one element: how often it was set; whoever waits is woken when it changes */
  readonly settings: Int32Array<SharedArrayBuffer>
  /** one element: for how long, from then */
  readonly afterMs: Float64Array<SharedArrayBuffer>
}

/** Until a thread sleeps, until it is woken, and the way from there to the call of `ring`. */
const LATE_MS = 0.2

/**
 * Rings after a time, to some tenths of a millisecond. Node's timers know whole ones only, and a loop that looks at the
 * clock takes a processor from those who are being measured; a thread that sleeps takes none. It keeps no program alive.
 */
export class Alarm {
  readonly #memory: AlarmMemory = {
    settings: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
    afterMs: new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)),
  }

  constructor(ring: () => void) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const thread = fileURLToPath(new URL(`./alarm-thread.${extension}`, import.meta.url))
    this.#memory.afterMs[0] = Number.POSITIVE_INFINITY
    const worker = new Worker(thread, { workerData: this.#memory })
    worker.on('message', ring)
    // without it all is done by the timers beside it, up to a ms late: no reason to cut the links
    worker.on('error', () => {})
    worker.unref()
  }

  /** In the place of what it was set to before. */
  set(afterMs: number): void {
    const { settings, afterMs: shared } = this.#memory
    // of less than that only a little would be left, again and again
    shared[0] = afterMs > 2 * LATE_MS ? afterMs - LATE_MS : afterMs
    Atomics.add(settings, 0, 1)
    Atomics.notify(settings, 0)
  }
}

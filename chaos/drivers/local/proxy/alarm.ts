import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type AlarmMemory, monotonicMs, NEVER_MS } from './alarm-memory.ts'

/** From due to the call of `ring`: how late a thread is woken, and the way from there. */
const LATE_MS = 0.1

/**
 * Rings at a moment, to about a tenth of a millisecond. Node's timers know whole ones only, and a loop that looks at the
 * clock takes a processor from those who are being measured; a thread that sleeps takes none. It keeps no program alive.
 */
export class Alarm {
  readonly #memory: AlarmMemory = {
    settings: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
    dueMs: new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)),
  }

  constructor(ring: () => void) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const thread = fileURLToPath(new URL(`./alarm-thread.${extension}`, import.meta.url))
    this.#memory.dueMs[0] = NEVER_MS
    const worker = new Worker(thread, { workerData: this.#memory })
    worker.on('message', ring)
    worker.unref()
  }

  /** In so many ms from now, in the place of what it was set to before. */
  set(afterMs: number): void {
    const { settings, dueMs } = this.#memory
    dueMs[0] = monotonicMs() + afterMs - LATE_MS
    Atomics.add(settings, 0, 1)
    Atomics.notify(settings, 0)
  }
}

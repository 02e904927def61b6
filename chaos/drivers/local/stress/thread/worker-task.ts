/** What a thread of the stress carrier does; a message between our own threads. */
export type WorkerTask =
  | { readonly kind: 'cpu'; readonly loadRatio: number }
  | { readonly kind: 'memory'; readonly bytes: number }

/** A thread of ours. It ends with the process, however that ends. */
export interface StressWorker {
  /** resolves when the thread does what it was started for, rejects when it cannot */
  readonly ready: Promise<void>
  /** resolves when the thread is gone, and what it held with it */
  stop(): Promise<void>
}

export type StartWorker = (task: WorkerTask) => StressWorker

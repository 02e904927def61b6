// Sleeps until the moment that the alarm was set to, to a fraction of a millisecond, and says so to the thread that set it.
import { parentPort, workerData } from 'node:worker_threads'
import { type AlarmMemory, monotonicMs, NEVER_MS } from './alarm-memory.ts'

const { settings, dueMs }: AlarmMemory = workerData
let rung = -1
for (;;) {
  const setting = Atomics.load(settings, 0)
  const leftMs = setting === rung ? NEVER_MS : dueMs[0]! - monotonicMs()
  if (leftMs > 0) Atomics.wait(settings, 0, setting, leftMs)
  else {
    rung = setting
    parentPort?.postMessage(setting)
  }
}

// Sleeps for as long as the alarm was set to, to a fraction of a millisecond, and says so to the thread that set it.
import { parentPort, workerData } from 'node:worker_threads'
import type { AlarmMemory } from './alarm.ts'

const { settings, afterMs }: AlarmMemory = workerData
for (let rung = -1; ; ) {
  const setting = Atomics.load(settings, 0)
  const sleepMs = setting === rung ? Number.POSITIVE_INFINITY : afterMs[0]
  // woken before its time, it is set anew
  if (Atomics.wait(settings, 0, setting, sleepMs) !== 'timed-out') continue
  rung = setting
  parentPort?.postMessage(setting)
}

import { parentPort, workerData } from 'node:worker_threads'
import {
  createBurner,
  fillMemory,
  touchPages,
  type WorkerTask,
} from '../../chaos/drivers/local/stress/thread/index.ts'

// A thread of entries/stress.ts.
const task: WorkerTask = workerData
const TOUCH_EVERY_MS = 1000

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function burn(loadRatio: number): never {
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4))
  const sleep = (ms: number): void => void Atomics.wait(nobodyWakes, 0, 0, ms)
  const burnSlice = createBurner({ loadRatio, nowMs: () => performance.now(), cpuMs, sleep })
  parentPort?.postMessage('ready')
  for (;;) burnSlice()
}

function hold(bytes: number): void {
  const chunks = fillMemory(bytes)
  setInterval(() => touchPages(chunks), TOUCH_EVERY_MS)
  parentPort?.postMessage('ready')
}

switch (task.kind) {
  case 'cpu':
    burn(task.loadRatio)
    break
  case 'memory':
    hold(task.bytes)
    break
  default:
    task satisfies never
}

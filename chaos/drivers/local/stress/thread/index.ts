export { createBurner } from './burner.ts'
export { fillMemory, touchPages } from './held-memory.ts'
export type { StartWorker, StressWorker, WorkerTask } from './worker-task.ts'

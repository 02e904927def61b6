import { writeFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { Worker } from 'node:worker_threads'
import { serveAsCarrier } from '../../chaos/drivers/local/carrier/index.ts'
import { createStress, stressLoad } from '../../chaos/drivers/local/stress/index.ts'
import type { StressWorker, WorkerTask } from '../../chaos/drivers/local/stress/thread/index.ts'
import { entryFile } from '../process/entry.ts'
import { goWithOthers } from '../process/priority.ts'

const leaseMs = Number(process.argv[2])
if (!(leaseMs > 0)) throw new Error('usage: stress LEASE_MS (a line on stdin renews the lease)')

// The guardian goes before others; what it stresses must not.
goWithOthers()

// If memory runs out in spite of all care, the kernel shall end us and not the target. Linux only; never refused there.
if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '1000')

// Threads and no processes: nothing of ours can outlive us, however we end.
function startWorker(task: WorkerTask): StressWorker {
  const worker = new Worker(entryFile('stress-worker'), { workerData: task })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  worker.once('message', () => resolve())
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('the thread ended before it was ready')))
  ready.catch(() => {})
  return { ready, stop: async () => void (await worker.terminate()) }
}

function measure() {
  const { user, system } = process.cpuUsage()
  return {
    atSeconds: performance.now() / 1000,
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
  }
}

const runId = process.env['GAUNTLET_RUN'] ?? String(process.pid)
const stress = createStress({
  runId,
  startWorker,
  availableBytes: () => Math.min(freemem(), process.availableMemory()),
  measure,
})
const carrier = await serveAsCarrier({ load: stressLoad(stress), input: process.stdin, leaseMs })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => carrier.end())
// Whoever started us may be gone by now.
process.stdout.on('error', () => {})
process.stdout.write(`${JSON.stringify({ url: carrier.url })}\n`)
await carrier.over
process.exit(0)

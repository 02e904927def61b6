import type { PlannedLoad } from '../../../../reports/run/index.ts'
import { openFifo } from '../../../../scenarios/drivers/k6/stream/fifo.ts'
import { SampleStream } from '../../../../scenarios/drivers/k6/stream/sample-stream.ts'
import { holdYoungSpace } from '../../../../scenarios/drivers/k6/young-space.ts'
import { createClock } from '../../../process/clock.ts'
import { ownCpuSeconds } from '../../cpu.ts'
import { SCENARIOS } from './scenarios.ts'

// A process of its own that reads k6's stream from a FIFO as a run does; what it folds is made into lines, and counted.
const [path = '', iterationsPerSecond, seconds] = process.argv.slice(2)

function loadOf(name: string): PlannedLoad {
  const ratePerSecond = Number(iterationsPerSecond) / SCENARIOS.length
  const durationMs = Number(seconds) * 1000
  return {
    ...{ name, title: name, journey: `${name}.k6.ts`, journeySha256: '', requestTimeoutMs: 10_000 },
    executor: { kind: 'constant-arrival-rate', ratePerSecond, durationMs, preAllocatedVus: 1000 },
    environment: {},
  }
}

let written = 0
const record = {
  journal: async () => {},
  document: async () => {},
  evidence: async (_file: string, line: object) => {
    written += JSON.stringify(line).length
  },
}
const log = { fact: () => {}, doing: () => {}, phase: () => {}, live: () => {} }
const loads = SCENARIOS.map(({ name }) => loadOf(name))
const options = { loads, thresholdsMs: [100, 300, 1000], names: [], schedulerDelayMs: () => null }
const stream = new SampleStream(options, { record, log, clock: createClock() })

using _young = holdYoungSpace()
const before = ownCpuSeconds()
const fifo = openFifo(path, stream)
process.once('message', () => fifo.end())
process.send?.('ready')
await stream.ended
await stream.finish({ leaveOut: false })
const cpuSeconds = ownCpuSeconds() - before
const { rows, unreadableRows } = stream.csv
const rssBytes = process.memoryUsage.rss()
process.send?.({ rows, unreadableRows, written, cpuSeconds, rssBytes })
fifo.close()
process.disconnect?.()

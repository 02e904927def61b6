import { createHistogram } from 'node:perf_hooks'
import { build } from 'hdr-histogram-js'
import { Sketch } from '../../../../reports/sketch/index.ts'
import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'
import { ownCpuSeconds } from '../../cpu.ts'

// A process of its own: made once, asked for one contender at a time, which records every value of the same array.
const VALUES = 10_000_000
const SEED = 20261121
const MEDIAN_US = 20_000
const SIGMA = 0.6

/** Whole microseconds from 1 on: Node's own histogram takes nothing else. */
function logNormalUs(): Float64Array {
  const random = mulberry32(SEED)
  return Float64Array.from({ length: VALUES }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(1, Math.round(MEDIAN_US * Math.exp(SIGMA * normal)))
  })
}

// A loop each, so that none is compiled for another's types.
const CONTENDERS: Readonly<Record<string, (values: Float64Array) => void>> = {
  sketch: (values) => {
    const sketch = new Sketch()
    for (let at = 0; at < values.length; at += 1) sketch.record(values[at]!)
  },
  hdr: (values) => {
    const histogram = build()
    for (let at = 0; at < values.length; at += 1) histogram.recordValue(values[at]!)
  },
  node: (values) => {
    const histogram = createHistogram()
    for (let at = 0; at < values.length; at += 1) histogram.record(values[at]!)
  },
}

const values = logNormalUs()
for (const record of Object.values(CONTENDERS)) record(values)

process.on('message', (name: string) => {
  const before = { cpu: ownCpuSeconds(), wallMs: performance.now() }
  CONTENDERS[name]?.(values)
  const cpuSeconds = ownCpuSeconds() - before.cpu
  const wallSeconds = (performance.now() - before.wallMs) / 1000
  process.send?.({ operations: VALUES, cpuSeconds, wallSeconds })
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

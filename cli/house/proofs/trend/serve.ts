import { mulberry32 } from '../../../../slo/judge/statistics/mulberry32.ts'

/**
 * Stands in for a server whose memory is watched: reads documents, caches some, keeps sessions for a while, and
 * leaks at a set rate. Prints, as one JSON array, the least heap of each second in kB, looked at five times a second.
 */
const [seed = 0, seconds = 0, leakBytesPerSecond = 0] = process.argv.slice(2).map(Number)
const random = mulberry32(seed)
const between = (low: number, high: number): number => low + (high - low) * random()

const requestsPerSecond = between(300, 800)
const cacheEntries = between(100, 800)
const sessionSeconds = between(2, 8)
const document = JSON.stringify(
  Array.from({ length: between(15, 50) }, (_, id) => ({
    id,
    name: `item ${id}`,
    price: id * 1.5,
    tags: ['a', 'b'],
  })),
)
/** An array of 125 doubles is 1,000 bytes, and two headers of 16. */
const LEAKED_BYTES = 1_032

const cache = new Map<number, unknown>()
const sessions: { readonly until: number; readonly document: unknown }[] = []
const leaked: number[][] = []
const troughsKb: number[] = []
let busy = 1
let due = 0

const began = performance.now()
const elapsedSeconds = (): number => (performance.now() - began) / 1_000

function serve(): void {
  const parsed: unknown = JSON.parse(document)
  if (random() < 0.5) {
    const [oldest] = cache.keys()
    if (cache.size >= cacheEntries && oldest !== undefined) cache.delete(oldest)
    cache.set(random(), parsed)
  }
  if (random() < 0.1)
    sessions.push({ until: elapsedSeconds() + sessionSeconds * between(0.5, 1.5), document: parsed })
}

function tick(): void {
  busy = Math.exp(0.98 * Math.log(busy) + between(-0.05, 0.05))
  due += (requestsPerSecond / 10) * busy
  for (; due >= 1; due -= 1) serve()
  const now = elapsedSeconds()
  sessions.splice(0, sessions.length, ...sessions.filter(({ until }) => until > now))
  while (leaked.length * LEAKED_BYTES < leakBytesPerSecond * now) leaked.push(new Array(125).fill(random()))
}

function sample(): void {
  const second = Math.floor(elapsedSeconds())
  const heapKb = Math.round(process.memoryUsage().heapUsed / 1_000)
  if (second < seconds) troughsKb[second] = Math.min(troughsKb[second] ?? heapKb, heapKb)
  else process.stdout.write(JSON.stringify(troughsKb), () => process.exit())
}

setInterval(tick, 100)
setInterval(sample, 200)

// What those felt who asked the clerk, from its own record and the schedule alone; shares no code with the judge.
//   node truth.ts answered.csv RATE FROM_SECOND TO_SECOND QUANTILE     prints {"events", "quantileMs", "longestMs"}
// Request n was due at zero + n/RATE. The clerk tells when it heard of it and when it had answered. Nobody asks before
// his time, so zero is the earliest that a request makes it: heard − n/RATE. On loopback that is true to about 1 ms.
import { readFileSync } from 'node:fs'

const [file = '', ...figures] = process.argv.slice(2)
const [ratePerSecond = 0, fromSecond = 0, toSecond = 0, quantile = 0] = figures.map(Number)

const rows = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(',').map(Number))
const afterMs = (n: number): number => (n * 1000) / ratePerSecond

const zeroMs = Math.min(...rows.map(([n = 0, heardMs = 0]) => heardMs - afterMs(n)))
const isAsked = (n: number): boolean => n >= fromSecond * ratePerSecond && n < toSecond * ratePerSecond
const felt = rows
  .filter(([n = 0]) => isAsked(n))
  .map(([n = 0, , answeredMs = 0]) => answeredMs - (zeroMs + afterMs(n)))
  .sort((a, b) => a - b)

const events = (toSecond - fromSecond) * ratePerSecond
if (felt.length !== events || new Set(rows.map(([n]) => n)).size !== rows.length)
  throw new Error(`${felt.length} of ${events} requests were answered, so their numbers are not their ticks`)
console.log(
  JSON.stringify({ events, quantileMs: felt[Math.ceil(quantile * events) - 1], longestMs: felt.at(-1) }),
)

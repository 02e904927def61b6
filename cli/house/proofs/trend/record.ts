import { execFile } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ALLOWED_BYTES_PER_SECOND, parseSeries, SERIES_PATH, type Series, WARM_UP_SECONDS } from './series.ts'

// node cli/house/proofs/trend/record.ts [FILE]: records 100 processes, 20 side by side, in half an hour of real time.
const EACH = 50
const SECONDS = WARM_UP_SECONDS + 240
const AT_ONCE = 20
/** The smallest young generation: minutes then hold as many full collections as hours do otherwise. */
const V8_OPTIONS = ['--max-semi-space-size=1']

const run = promisify(execFile)
const path = process.argv[2] ?? SERIES_PATH

/** Slopes log-uniform over (1, 10] × the allowed: 1.05, 1.10, …, 10. */
const leaking = Array.from({ length: EACH }, (_, n) => ALLOWED_BYTES_PER_SECOND * 10 ** ((n + 1) / EACH))
const healthy = leaking.map(() => 0)
const leaks = healthy.flatMap((none, n) => [none, Math.round(leaking[n]!)])

async function record(seed: number, leakBytesPerSecond: number): Promise<Series> {
  const program = join(import.meta.dirname, 'serve.ts')
  const { stdout } = await run(process.execPath, [
    ...V8_OPTIONS,
    program,
    ...[seed, SECONDS, leakBytesPerSecond].map(String),
  ])
  return parseSeries({ seed, leakBytesPerSecond, troughsKb: JSON.parse(stdout) })
}

writeFileSync(path, '')
for (let first = 0; first < leaks.length; first += AT_ONCE) {
  const batch = leaks.slice(first, first + AT_ONCE).map((leak, n) => record(first + n + 1, leak))
  for (const series of await Promise.all(batch)) appendFileSync(path, `${JSON.stringify(series)}\n`)
}

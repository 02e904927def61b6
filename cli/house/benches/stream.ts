import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GauntletError } from '../../../reports/run/index.ts'
import type { Bench } from '../bench-model.ts'
import { compile } from '../compiled.ts'
import { k6Rows } from './stream/k6-rows.ts'

const ITERATIONS_PER_SECOND = 1000
const SEED = 20261121
const [FEW, SOME, MANY] = [100_000, 1_000_000, 10_000_000]

/** What reading so many rows took. */
interface Read {
  readonly rows: number
  readonly unreadableRows: number
  readonly cpuSeconds: number
  readonly rssBytes: number
}

let reader = ''

async function prepare(): Promise<AsyncDisposable> {
  const program = compile(join(import.meta.dirname, 'stream/reader.ts'))
  reader = program.path
  return { [Symbol.asyncDispose]: async () => program[Symbol.dispose]() }
}

/** A fresh process reads from a FIFO what is written here as it is made. */
async function read(rows: number): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'gauntlet-stream-'))
  const fifo = join(folder, 'samples.csv')
  execFileSync('mkfifo', ['-m', '600', fifo])
  const child = fork(reader, [fifo, String(ITERATIONS_PER_SECOND), '1000'], { execArgv: [] })
  try {
    await once(child, 'message')
    const said = once(child, 'message')
    const lines = k6Rows({ iterationsPerSecond: ITERATIONS_PER_SECOND, rows, seed: SEED })
    await pipeline(Readable.from(lines), createWriteStream(fifo))
    child.send('written')
    const [read]: Read[] = await said
    if (read === undefined || read.rows < rows || read.unreadableRows > 0)
      throw new GauntletError('BENCH_FAILED', `of ${rows} rows were read: ${JSON.stringify(read)}`)
    return read
  } finally {
    child.kill()
    rmSync(folder, { recursive: true })
  }
}

export const bench: Bench = {
  title: `k6's stream through a FIFO, folded as a run does: ${ITERATIONS_PER_SECOND} iterations a second of three scenarios`,
  claims: [
    {
      title: 'rows folded in a CPU-second',
      unit: 'rows',
      goal: { atLeast: 300_000 },
      measure: async (tell) => {
        const { rows, cpuSeconds } = await read(SOME)
        tell(`${rows} rows, ${cpuSeconds.toFixed(2)} s of CPU`)
        return rows / cpuSeconds
      },
    },
    {
      title: `resident memory after ${MANY} samples ÷ after ${FEW}`,
      unit: '',
      goal: { atMost: 1.1 },
      measure: async (tell) => {
        const [few, many] = [await read(FEW), await read(MANY)]
        tell(`${inMb(few)} MB after ${few.rows} samples, ${inMb(many)} MB after ${many.rows}`)
        return many.rssBytes / few.rssBytes
      },
    },
  ],
  prepare,
}

const inMb = ({ rssBytes }: Read): string => (rssBytes / 1e6).toFixed(1)

import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { EXIT, GauntletError } from '../../../reports/run/index.ts'
import { findK6 } from '../../../scenarios/drivers/k6/index.ts'
import { download } from '../../process/download.ts'
import { createExec } from '../../process/exec.ts'
import { whereToLook } from '../../run/draft/tools.ts'
import { type Cost, comparison } from '../bench-comparison.ts'
import type { Bench } from '../bench-model.ts'
import { costOf } from '../cpu.ts'

const RATE_PER_SECOND = 1000
const SECONDS = 20
/** of each run, when others on the machine make it invalid */
const ATTEMPTS = 3
const CONTENT = resolve(import.meta.dirname, 'overhead')
const GAUNTLET = resolve(import.meta.dirname, '../../gauntlet.cjs')

/** What both sides need: a project in a folder of its own, a server that answers, and the same k6. */
interface Scene {
  readonly project: string
  readonly server: ChildProcess
  readonly address: string
  readonly k6: string
}

let scene: Scene | undefined
const firstRequestMs: number[] = []

async function prepare(): Promise<AsyncDisposable> {
  const project = mkdtempSync(join(tmpdir(), 'gauntlet-overhead-'))
  cpSync(CONTENT, project, { recursive: true })
  const server = fork(join(CONTENT, 'server.ts'))
  const [{ port }] = await once(server, 'message')
  const address = `http://127.0.0.1:${port}`
  writeFileSync(join(project, 'gauntlet.config.mjs'), configOf(address))
  writeFileSync(join(project, 'options.json'), JSON.stringify(OPTIONS))
  scene = { project, server, address, k6: await k6Path() }
  return {
    [Symbol.asyncDispose]: async () => {
      server.disconnect()
      rmSync(project, { recursive: true, force: true })
    },
  }
}

async function k6Path(): Promise<string> {
  const log = { fact: console.log, doing: console.log, phase: () => {}, live: () => {} }
  return (await findK6(whereToLook(), { exec: createExec({ runId: 'bench-overhead' }), log, download })).path
}

const OPTIONS = {
  scenarios: {
    hello: {
      executor: 'constant-arrival-rate',
      rate: RATE_PER_SECOND,
      timeUnit: '1s',
      duration: `${SECONDS}s`,
      preAllocatedVUs: RATE_PER_SECOND,
      maxVUs: RATE_PER_SECOND,
    },
  },
}

function configOf(address: string): string {
  const here = ['.']
  const content = { scenarios: here, journeys: here, objectives: here, plans: here }
  const target = { description: { name: 'shop', version: '1', addresses: { shop: address } } }
  return `export default ${JSON.stringify({ target, content })}\n`
}

/** k6 alone: the same journey, rate and rows, into a file that nobody reads. */
async function bareK6({ project, address, k6 }: Scene): Promise<void> {
  const flags = ['--no-usage-report', '--quiet', '--summary-mode=disabled', '--config', 'options.json']
  const tags = '--system-tags=name,scenario,status,method,group,check,error_code,expected_response,vu'
  const csv = `csv=fileName=${join(project, 'samples.csv')},timeFormat=unix_nano,saveInterval=200ms`
  const environment = { PATH: process.env.PATH, HOME: project, GAUNTLET_URL_SHOP: address }
  await program(k6, ['run', ...flags, tags, '--out', csv, 'hello.k6.ts'], { cwd: project, env: environment })
}

/** The whole of it: draft, guardian, k6, folding, judging, reports. */
async function wholeRun({ project, server, k6 }: Scene): Promise<void> {
  const startedMs = Date.now()
  server.once('message', ({ firstMs }: { firstMs: number }) => firstRequestMs.push(firstMs - startedMs))
  server.send('reset')
  const environment = { ...process.env, K6_BIN: k6 }
  await program(process.execPath, [GAUNTLET, 'run', 'overhead', '--plain'], {
    cwd: project,
    env: environment,
  })
}

async function program(
  file: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2000)
  })
  const [exitCode] = await once(child, 'close')
  if (exitCode === EXIT.invalid.code)
    throw new GauntletError(STARVED, `the run was invalid: ${said}`, { exit: 'machinery' })
  if (exitCode !== 0)
    throw new GauntletError('BENCH_FAILED', `${file} ended with ${exitCode}: ${said}`, { exit: 'machinery' })
}

/** The machine gave too little for the run to be valid: its cost is none of so many operations. */
const STARVED = 'BENCH_STARVED'

const side = (name: string, work: (scene: Scene) => Promise<void>) => ({
  name,
  run: () => costOfFirst(ATTEMPTS, () => costOf(SECONDS * RATE_PER_SECOND, () => work(scene!))),
})

/** A run that others on the machine made invalid is made again; the cost is that of the one that was not. */
async function costOfFirst(attempts: number, run: () => Promise<Cost>): Promise<Cost> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof GauntletError) || error.code !== STARVED || attempts === 1) throw error
    console.log(`  once more: ${error.message.split('\n')[0]}`)
    return costOfFirst(attempts - 1, run)
  }
}

export const bench: Bench = {
  title: `A whole run against k6 alone, ${RATE_PER_SECOND} requests a second for ${SECONDS} s`,
  claims: [comparison({ a: side('k6 alone', bareK6), b: side('gauntlet run', wholeRun), atMost: 1.5 })],
  isLockTakenWithin: true,
  prepare,
  notes: () => {
    const sorted = firstRequestMs.toSorted((a, b) => a - b)
    const [least, middle, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
    return [`from command to first request, target ready: ${least} to ${most} ms, median ${middle} ms`]
  },
}

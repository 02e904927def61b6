/** Starts real Plazas for tests, each on ports and data of its own, and finds what they leave behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { DescribedProcess, Description } from '../supervisor/description.ts'
import type { Fact } from '../supervisor/facts.ts'
import { portsOf } from '../supervisor/ports.ts'
import { onFreeBlock } from './free-block.ts'

const program = path.resolve(import.meta.dirname, '../supervisor/main.ts')

const START_LIMIT_MS = 150_000

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Who starts it: his options and environment besides ours, and his user when it is not ours. */
export interface Caller {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly uid?: number | undefined
}

/** Runs `plaza` with these arguments to its end. */
export async function runPlaza(args: readonly string[], caller?: Caller): Promise<Ended> {
  const child = spawnPlaza(args, caller)
  const output = collect(child)
  const [code] = await once(child, 'close')
  return { code, ...output() }
}

/** A folder that is gone when the test file is over. */
export function makeDataFolder(uid?: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'plaza-test-'))
  if (uid !== undefined) chownSync(folder, uid, uid)
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs `plaza` with these arguments to its end, on a free block. */
export function runOnFreeBlock(args: readonly string[], caller?: Caller): Promise<Ended> {
  return onFreeBlock(async (port) => {
    const ended = await runPlaza(['--port', String(port), ...args], caller)
    return wasTaken(ended.stderr) ? 'taken' : ended
  })
}

/** Starts it, asks it to stop as soon as the condition holds, and gives how it ended. */
export function stopWhen(data: string, holds: (port: number) => Promise<boolean>): Promise<Ended> {
  return onFreeBlock(async (port) => {
    const child = spawnPlaza(['--port', String(port), '--data', data])
    const output = collect(child)
    const closed = once(child, 'close')
    const isTime = async () => child.exitCode !== null || (await holds(port))
    await until('it is time to stop', isTime, START_LIMIT_MS)
    child.kill('SIGTERM')
    const [code] = await closed
    return wasTaken(output().stderr) ? 'taken' : { code, ...output() }
  })
}

function wasTaken(stderr: string): boolean {
  return /port \d+ is held by/.test(stderr)
}

export interface RunningPlaza {
  readonly child: ChildProcess
  readonly data: string
  readonly port: number
  readonly gateway: string
  /** The value of GAUNTLET_RUN that all its processes carry. */
  readonly mark: string
  readonly stdout: () => string
  readonly stderr: () => string
  /** A request to the control, with the token. */
  control<Answer>(method: 'GET' | 'PUT', place: string, body?: unknown): Promise<Reply<Answer>>
  describe(): Promise<Description>
  process(name: string): Promise<DescribedProcess>
  /** Of a process that runs, as soon as it is ready. */
  pidOf(name: string): Promise<number>
  throwSwitch(name: string, on: boolean): Promise<void>
  fact(): Promise<Fact>
  /** Asks it to stop, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Reply<Answer> {
  readonly status: number
  readonly body: Answer
}

export function startPlaza(data: string, caller: Caller = {}): Promise<RunningPlaza> {
  return onFreeBlock((port) => tryStart(data, port, caller))
}

async function tryStart(
  data: string,
  port: number,
  { args = [], env, uid }: Caller,
): Promise<RunningPlaza | 'taken'> {
  const mark = `test-${randomUUID()}`
  const caller = { env: { GAUNTLET_RUN: mark, ...env }, uid }
  const child = spawnPlaza(['--port', String(port), '--data', data, ...args], caller)
  const output = collect(child)
  const isReady = () => child.exitCode !== null || output().stdout.includes('control ')
  await until('Plaza is ready', isReady, START_LIMIT_MS)
  if (child.exitCode !== null) {
    if (wasTaken(output().stderr)) return 'taken'
    throw new Error(`Plaza did not start: ${output().stderr}`)
  }
  const token = readFileSync(path.join(data, 'control.token'), 'utf8')
  const control = <Answer>(method: 'GET' | 'PUT', place: string, body?: unknown) =>
    request<Answer>(`http://127.0.0.1:${port + 39}${place}`, { method, body, headers: bearer(token) })
  const describe = async () => (await control<Description>('GET', '/describe')).body
  return {
    child,
    data,
    port,
    gateway: `http://127.0.0.1:${port}`,
    mark,
    stdout: () => output().stdout,
    stderr: () => output().stderr,
    control,
    describe,
    process: async (name) => processOf(await describe(), name),
    pidOf: async (name) => {
      let found: DescribedProcess | undefined
      await until(`${name} is ready`, async () => {
        found = processOf(await describe(), name)
        return found.state === 'ready' && found.pid !== undefined
      })
      return found!.pid!
    },
    throwSwitch: async (name, on) => {
      const { status, body } = await onceAcknowledged(() => control('PUT', `/switches/${name}`, { on }))
      if (status !== 200) throw new Error(`switch ${name}: ${status} ${JSON.stringify(body)}`)
    },
    fact: async () => (await control<Fact>('GET', '/facts/orders')).body,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const closed = once(child, 'close')
      child.kill(signal)
      return (await closed)[0]
    },
  }
}

function processOf({ processes }: Description, name: string): DescribedProcess {
  const found = processes.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no process ${name}`)
  return found
}

/** Asks the control for the same again while a service has not acknowledged it within its two seconds. */
export function onceAcknowledged<Answer>(ask: () => Promise<Reply<Answer>>): Promise<Reply<Answer>> {
  return repeat('every service acknowledges', ask, ({ status }) => status !== 504)
}

/** Asks until it is answered; a busy machine may make the gateway give up on others first. */
export function answered<Answer>(ask: () => Promise<Reply<Answer>>): Promise<Reply<Answer>> {
  return repeat('it is answered', ask, ({ status }) => status !== 500 && status !== 503 && status !== 504)
}

async function repeat<Seen>(what: string, ask: () => Promise<Seen>, isEnough: (seen: Seen) => boolean) {
  let seen = await ask()
  await until(what, async () => {
    if (!isEnough(seen)) seen = await ask()
    return isEnough(seen)
  })
  return seen
}

/**
 * Makes the attempt again until what it saw took less than this: later, a limit of Plaza's own may have passed.
 * @throws when none was quick enough
 */
export async function seenWithin<Seen>(
  limitMs: number,
  attempt: () => Promise<{ readonly tookMs: number; readonly seen: Seen }>,
): Promise<Seen> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { tookMs, seen } = await attempt()
    if (tookMs < limitMs) return seen
  }
  throw new Error(`20 attempts took more than ${limitMs} ms each`)
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

export async function request<Answer>(
  url: string,
  more: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply<Answer>> {
  const hasBody = more.body !== undefined
  const answer = await fetch(url, {
    method: more.method ?? 'GET',
    headers: { ...more.headers, ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: JSON.stringify(more.body) }),
    signal: AbortSignal.timeout(20_000),
  })
  return { status: answer.status, body: (await answer.json()) as Answer }
}

/** Orders a coupon, with the same key until it is answered; gives the acknowledged id. */
export async function order(plaza: RunningPlaza, key: string = randomUUID(), couponId = 7): Promise<string> {
  const post = {
    method: 'POST',
    body: { couponId, memberId: 'member-1' },
    headers: { 'idempotency-key': key },
  }
  const { status, body } = await answered(() => request<{ id: string }>(`${plaza.gateway}/api/orders`, post))
  if (status !== 202) throw new Error(`order: ${status} ${JSON.stringify(body)}`)
  return body.id
}

/** How to reach the database of the Plaza on this block. */
export function connectionOf({ data, port }: { data: string; port: number }): pg.ClientConfig {
  const password = readFileSync(path.join(data, 'postgres.password'), 'utf8')
  return { host: '127.0.0.1', port: portsOf(port).postgres, user: 'plaza', database: 'plaza', password }
}

/** Waits for a condition, not for a time; the limit only ends a test that would hang. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 45_000,
): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain until: ${what}`)
    await sleep(25)
  }
}

/** The pids of live processes that carry this value of GAUNTLET_RUN. */
export function findMarked(mark: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.filter((pid) => isMarked(pid, mark)).map(Number)
}

function isMarked(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`GAUNTLET_RUN=${mark}`)
  } catch {
    return false
  }
}

function spawnPlaza(args: readonly string[], { env, uid }: Caller = {}): ChildProcess {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  })
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  return () => ({ stdout, stderr })
}

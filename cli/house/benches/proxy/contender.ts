import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { GauntletError } from '../../../../reports/run/index.ts'
import { toxiproxy } from './toxiproxy.ts'

/** A proxy in a process of its own, driven by Toxiproxy's API. */
export interface Contender {
  readonly name: string
  readonly pid: number
  /** of its API */
  readonly url: string
  /** gives the port that leads to the upstream */
  proxyTo(upstreamPort: number): Promise<number>
  send(method: string, path: string, body?: object): Promise<void>
  end(): Promise<void>
}

export async function startOurs(entry: string): Promise<Contender> {
  // it ends when its stdin does, and passes nothing on after that
  const child = spawn(process.execPath, [entry, '86400000', '0'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return contender('gauntlet', child, JSON.parse(line).url)
}

export async function startToxiproxy(): Promise<Contender> {
  const port = await freePort()
  const environment = { ...process.env, LOG_LEVEL: 'error' }
  const [command, ...args] = endsWithUs(toxiproxy('server'), '-port', String(port))
  const child = spawn(command, args, { stdio: 'ignore', env: environment })
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/version`).catch(() => undefined))) await pause(20)
  return contender('Toxiproxy', child, url)
}

const SETPRIV = '/usr/bin/setpriv'

/** So that a bench which is killed leaves no Toxiproxy behind; where setpriv(1) is. */
const endsWithUs = (command: string, ...args: readonly string[]): [string, ...string[]] =>
  existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', command, ...args] : [command, ...args]

function contender(name: string, child: ChildProcess, url: string): Contender {
  const send = async (method: string, path: string, body?: object) => {
    const reply = await fetch(url + path, { method, body: body === undefined ? null : JSON.stringify(body) })
    const text = await reply.text()
    if (!reply.ok) throw new GauntletError('BENCH_FAILED', `${name} said ${reply.status} ${text}`)
    return text
  }
  return {
    name,
    pid: child.pid ?? 0,
    url,
    proxyTo: async (upstreamPort) => {
      const addresses = { listen: '127.0.0.1:0', upstream: `127.0.0.1:${upstreamPort}` }
      const { listen } = JSON.parse(await send('POST', '/proxies', { name: 'echo', ...addresses }))
      return Number(listen.split(':').at(-1))
    },
    send: async (method, path, body) => void (await send(method, path, body)),
    end: async () => {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** USER_HZ, which Linux fixes at 100 (time(7)). */
const TICKS_PER_SECOND = 100

/** User and system time of a living process (proc_pid_stat(5): utime, stime). */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[14 - 3]) + Number(fields[15 - 3])) / TICKS_PER_SECOND
}

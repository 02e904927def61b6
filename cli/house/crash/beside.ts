import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ProcessIdentity, said } from '../../../reports/run/index.ts'
import { createHttp } from '../../process/http.ts'
import { identify, isStopped } from '../../process/identity.ts'
import { type CrashPoint, crashPoint } from './points.ts'
import type { ClientOrder } from './toxiproxy-client.ts'

/** What each fault on a link is called there; Toxiproxy knows no others. */
const TOXICS: Partial<Record<CrashPoint['fault'], object>> = {
  delay: { type: 'latency', attributes: { latency: 50 } },
  reset: { type: 'reset_peer', attributes: { timeout: 0 } },
  partition: { type: 'timeout', attributes: { timeout: 0 } },
}
/** As long as a fault of ours is on when nothing happens to it. */
const HOLD_MS = 1_000
const LOOK_EVERY_MS = 10

/** A client has neither guardian nor journal, and writes nothing to a disk that could be full. */
export const isOfClients = ({ fault, who, when, how }: CrashPoint): boolean =>
  fault in TOXICS &&
  who !== 'guardian' &&
  who !== 'target' &&
  when !== 'journal-to-fault' &&
  how !== 'disk-full'

export interface BesideBatch {
  readonly seed: number
  readonly from: number
  readonly count: number
  readonly leaseMs: number
  /** of Toxiproxy's API */
  readonly url: string
}

export interface Beside {
  readonly point: CrashPoint
  /** its toxic was on when a lease had passed since the client was gone, or stood still */
  readonly outlivedLease: boolean
  /** its toxic is on when all is over: a client that stood still went on and did what it had to do */
  readonly isLeft: boolean
}

/** The same points, of those that mean something there, thrown at clients of a Toxiproxy: without us. */
export async function crashClients({ seed, from, count, ...there }: BesideBatch): Promise<Beside[]> {
  const indexes = Array.from({ length: count }, (_, n) => from + n)
  const points = indexes.map((index) => ({ point: crashPoint(seed, index), name: `point-${index}` }))
  return Promise.all(
    points.filter(({ point }) => isOfClients(point)).map((one) => crashClient({ ...one, ...there })),
  )
}

interface ClientCrash extends Pick<BesideBatch, 'leaseMs' | 'url'> {
  readonly point: CrashPoint
  readonly name: string
}

async function crashClient({ point, name, leaseMs, url }: ClientCrash): Promise<Beside> {
  const proxyUrl = `${url}/proxies/${name}`
  await ask('POST', `${url}/proxies`, { name, listen: '127.0.0.1:0', upstream: '127.0.0.1:9' })
  const client = startClient({ point, proxyUrl, toxic: TOXICS[point.fault]!, holdMs: HOLD_MS })
  try {
    await (point.how === 'SIGSTOP' ? client.stopped() : client.ended)
    await pause(leaseMs)
    const outlivedLease = await hasToxic(proxyUrl)
    if (point.how === 'SIGSTOP') {
      await pause(leaseMs)
      client.goOn()
      await client.ended
    }
    return { point, outlivedLease, isLeft: await hasToxic(proxyUrl) }
  } finally {
    client.end()
    await ask('DELETE', proxyUrl)
  }
}

function startClient(order: ClientOrder) {
  const program = join(import.meta.dirname, 'toxiproxy-client.ts')
  const child = spawn(process.execPath, [program, JSON.stringify(order)], { stdio: 'ignore' })
  let isOver = false
  const ended = once(child, 'exit').then(() => {
    isOver = true
  })
  const identity: ProcessIdentity | undefined = identify(child.pid)
  return {
    ended,
    goOn: () => void child.kill('SIGCONT'),
    end: () => void child.kill('SIGKILL'),
    stopped: async () => {
      while (!isOver && !(identity && isStopped(identity))) await pause(LOOK_EVERY_MS)
    },
  }
}

const http = createHttp()

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const reply = await http.send({ method, url, ...(body && { body }) })
  if (reply.status !== null && reply.status < 300) return reply.body
  throw new Error(`Toxiproxy: ${method} ${url}: ${said(reply)}`)
}

const hasToxic = async (proxyUrl: string): Promise<boolean> =>
  JSON.stringify(await ask('GET', `${proxyUrl}/toxics`)) !== '[]'

/** `Toxiproxy 2.12 without us: 6 of 9 faults left, 8 of 9 on when a lease had passed` */
export function besideInWords({
  points,
  left,
  outlived,
}: Record<'points' | 'left' | 'outlived', number>): string {
  return `Toxiproxy 2.12 without us: ${left} of ${points} faults left, ${outlived} of ${points} on when a lease had passed`
}

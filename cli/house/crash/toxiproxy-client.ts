// What a script that drives a Toxiproxy does: it adds a toxic, lets it be for a while, and takes it off. It comes to grief
// by its own hand at the moment of the point, as the harness does.
import { setTimeout as pause } from 'node:timers/promises'
import type { CrashPoint } from './points.ts'

export interface ClientOrder {
  readonly point: CrashPoint
  /** of the proxy, below Toxiproxy's API */
  readonly proxyUrl: string
  readonly toxic: object
  readonly holdMs: number
}

const { point, proxyUrl, toxic, holdMs }: ClientOrder = JSON.parse(process.argv[2] ?? '')
const { how } = point
const crash = (): void => {
  if (how !== 'disk-full') process.kill(process.pid, how)
}
const crashAt = (when: CrashPoint['when']): void => {
  if (when === point.when) crash()
}

async function ask(method: string, path: string, body?: object): Promise<void> {
  const reply = await fetch(proxyUrl + path, { method, ...(body && { body: JSON.stringify(body) }) })
  if (!reply.ok) throw new Error(`Toxiproxy said ${reply.status} ${await reply.text()}`)
}

crashAt('before-journal')
await ask('POST', '/toxics', { name: 'fault', ...toxic })
if (point.when === 'during') setTimeout(crash, point.delayMs)
await pause(holdMs)
crashAt('reverting')
await ask('DELETE', '/toxics/fault')
crashAt('after')

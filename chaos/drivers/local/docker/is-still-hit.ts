import { Check } from 'typebox/value'
import type { Http, RequestUndo } from '../../../../reports/run/index.ts'
import { Inspected } from './container.ts'

const TIMEOUT_MS = 5_000

/** Whether a container is as it was before this way back was gone. One that is gone, or of which Docker does not tell, is not. */
export async function isStillHit({ url, socketPath, body }: RequestUndo, http: Http): Promise<boolean> {
  const found = /^(.*)\/(containers|networks)\/([^/]+)\/(unpause|start|update|connect)$/.exec(url)
  if (found === null || socketPath === undefined) return false
  const [, base = '', of, name = '', act] = found
  const wanted = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const id = of === 'networks' ? String(Object.fromEntries(wanted)['Container']) : name
  const address = `${base}/containers/${encodeURIComponent(id)}/json`
  const reply = await http.send({ url: address, socketPath, timeoutMs: TIMEOUT_MS })
  if (reply.status !== 200 || !Check(Inspected, reply.body)) return false
  const { State, NetworkSettings, HostConfig } = reply.body
  switch (act) {
    case 'unpause':
      return State.Paused
    case 'start':
      return !State.Running
    case 'connect':
      return NetworkSettings.Networks[decodeURIComponent(name)] === undefined
    default: {
      const limits: Readonly<Record<string, unknown>> = HostConfig
      return wanted.some(([key, value]) => limits[key] !== value)
    }
  }
}

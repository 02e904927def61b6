import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import {
  GauntletError,
  type Http,
  type HttpReply,
  isTaken,
  said,
  type UndoStep,
} from '../../../../reports/run/index.ts'

const open = { additionalProperties: true } as const
const Traffic = Type.Object({ openConnections: Type.Integer() }, open)
const Made = Type.Object({ listen: Type.String() }, open)

const HeldTimes = Type.Object(
  { count: Type.Integer(), p50: Type.Number(), p95: Type.Number(), max: Type.Number() },
  open,
)

/** What a toxic did to what passed since it was added, over both directions and all connections. */
const Effect = Type.Object(
  {
    /** connections on which it acted, those that are closed included */
    connections: Type.Integer(),
    receivedBytes: Type.Integer(),
    sentBytes: Type.Integer(),
    receivedPieces: Type.Integer(),
    sentPieces: Type.Integer(),
    /** how long bytes were held, from their arrival until they left; null: nothing came or nothing left */
    heldMs: Type.Union([Type.Null(), HeldTimes]),
    /** the same of the ends (FIN) of directions */
    endsHeldMs: Type.Union([Type.Null(), HeldTimes]),
    /** connections that it reset, and that it closed in good order */
    resets: Type.Integer(),
    closes: Type.Integer(),
    /** of our toxic `http`: messages that it read, that matched its rule, that its share spared, and that it hit */
    counts: Type.Optional(
      Type.Object(
        {
          messages: Type.Integer(),
          matched: Type.Integer(),
          spared: Type.Integer(),
          applied: Type.Integer(),
        },
        open,
      ),
    ),
  },
  open,
)
export type ToxicEffect = Static<typeof Effect>

/** As in Toxiproxy's API. */
export interface Toxic {
  readonly type: string
  readonly stream: 'upstream' | 'downstream'
  /** the share of connections; 1 when left out */
  readonly toxicity?: number
  readonly attributes: Readonly<Record<string, unknown>>
}

const TIMEOUT_MS = 5_000

/** A client of Toxiproxy's HTTP control API, as our own proxy speaks it: with more toxics, and with what they did. */
export class Toxiproxy {
  /** whether it says what its toxics did and how many connections go through it */
  readonly tells: boolean = true
  /** how long connections may go on through a proxy to which nobody dials any more, before it is deleted */
  readonly lingerMs: number = 0
  readonly #url: string
  readonly #http: Http

  constructor(url: string, http: Http) {
    this.#url = url
    this.#http = http
  }

  /** The name of the proxy for a link. */
  nameFor(link: string): string {
    return link
  }

  /** A proxy that passes everything on to `upstream`; resolves with the address where it listens. */
  async create(name: string, upstream: string): Promise<string> {
    const body = { name, upstream, listen: '127.0.0.1:0', enabled: true }
    const reply = await this.send('POST', '/proxies', body)
    if (isTaken(reply) && reply.status !== null && Check(Made, reply.body)) return reply.body.listen
    throw new GauntletError('NO_PROXY', `no proxy was made for ${upstream}: ${said(reply)}`, {
      exit: 'machinery',
    })
  }

  add(proxy: string, name: string, toxic: Toxic): Promise<HttpReply> {
    return this.send('POST', `/proxies/${part(proxy)}/toxics`, { name, ...toxic })
  }

  /** What takes a toxic back, as data. */
  removal(proxy: string, name: string, _toxic: Toxic): UndoStep {
    return {
      method: 'DELETE',
      url: this.address(`/proxies/${part(proxy)}/toxics/${part(name)}`),
      goneIsDone: true,
      does: `take ${name} off the proxy ${proxy}`,
    }
  }

  /** What takes the proxy itself away, for whoever undoes when we are gone: ours end with the guardian. */
  deletion(_proxy: string): UndoStep[] {
    return []
  }

  /** Undefined when the proxy, or the toxic, is not there. Throws when nobody can say. */
  async effect(proxy: string, name: string, _toxic: Toxic): Promise<ToxicEffect | undefined> {
    const body = await this.told(`/proxies/${part(proxy)}/toxics/${part(name)}/effect`)
    return Check(Effect, body) ? body : undefined
  }

  /** Connections that still go through it; 0 when it is not there. Throws when nobody can say. */
  async openConnections(proxy: string): Promise<number> {
    const body = await this.told(`/proxies/${part(proxy)}/traffic`)
    return Check(Traffic, body) ? body.openConnections : 0
  }

  /** Ends the proxy and every connection through it. */
  async delete(proxy: string): Promise<void> {
    await this.send('DELETE', `/proxies/${part(proxy)}`)
  }

  /** The answer; undefined when what is asked for is gone, or the proxy is. One that is silent may still have it. */
  protected async told(path: string): Promise<unknown> {
    const reply = await this.send('GET', path)
    if (reply.status === 200) return reply.body
    if (reply.status === 404 || (reply.status === null && reply.reason.includes('ECONNREFUSED')))
      return undefined
    throw new GauntletError('PROXY_SILENT', `the proxy does not tell what is on it: ${said(reply)}`, {
      exit: 'machinery',
    })
  }

  protected address(path: string): string {
    return `${this.#url}${path}`
  }

  protected send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<HttpReply> {
    const request = { method, url: this.address(path), timeoutMs: TIMEOUT_MS }
    return this.#http.send(body === undefined ? request : { ...request, body })
  }
}

export const part = encodeURIComponent

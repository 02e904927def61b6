import { Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Http, HttpReply, UndoStep } from '../../../../reports/run/index.ts'
import { part, type Toxic, type ToxicEffect, Toxiproxy } from './toxiproxy.ts'

/** A target ends busy connections of the old way within 1 s (CONTRACTS, "The target"). */
const BUSY_MS = 1_000

/** What is on, and of which nobody says what it did. */
const UNTOLD: ToxicEffect = {
  ...{ connections: 0, receivedBytes: 0, sentBytes: 0, resets: 0, closes: 0 },
  ...{ receivedPieces: 0, sentPieces: 0, heldMs: null, endsHeldMs: null },
}

/** Toxiproxy 2.12's own; `cut` is done by its `enabled`. */
const TOXICS = ['latency', 'bandwidth', 'slow_close', 'timeout', 'reset_peer', 'slicer', 'limit_data', 'cut']

const Enabled = Type.Object({ enabled: Type.Boolean() }, { additionalProperties: true })

/** Why a Toxiproxy of the user's cannot do these, once for each. */
export function whyNotInToxiproxy(
  toxics: readonly Pick<Toxic, 'type' | 'attributes'>[] = [],
): { readonly why: string; readonly hint: string }[] {
  const hint = 'possible with our own proxy: take chaos.toxiproxy out of gauntlet.config.ts'
  return toxics.flatMap(({ type, attributes }) => {
    if (!TOXICS.includes(type)) return [{ why: `Toxiproxy has no toxic ${type}`, hint }]
    if ('distribution' in attributes)
      return [{ why: `Toxiproxy's ${type} has no distribution but the even one`, hint }]
    return Object.entries(attributes)
      .filter(([, value]) => isLostByRounding(value))
      .map(([name, value]) => ({ why: `Toxiproxy's ${type} has a whole ${name} only, not ${value}`, hint }))
  })
}

/** Of what is asked for, so much may be lost where Toxiproxy takes whole numbers. */
const ROUNDING_RATIO = 0.05

const isLostByRounding = (value: unknown): boolean =>
  typeof value === 'number' && Math.abs(Math.round(value) - value) > ROUNDING_RATIO * value

const rounded = (attributes: Toxic['attributes']): Toxic['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value) : value,
    ]),
  )

/** A Toxiproxy that the user runs. Its own proxies are never touched; ours bear the run in their names. */
export class UsersToxiproxy extends Toxiproxy {
  override readonly tells = false
  override readonly lingerMs = BUSY_MS
  readonly #runId: string

  constructor(url: string, http: Http, runId: string) {
    super(url.replace(/\/$/, ''), http)
    this.#runId = runId
  }

  override nameFor(link: string): string {
    return `gauntlet-${this.#runId}-${link}`
  }

  override add(proxy: string, name: string, toxic: Toxic): Promise<HttpReply> {
    return isCut(toxic)
      ? this.send('POST', `/proxies/${part(proxy)}`, { enabled: false })
      : super.add(proxy, name, { ...toxic, attributes: rounded(toxic.attributes) })
  }

  override removal(proxy: string, name: string, toxic: Toxic): UndoStep {
    if (!isCut(toxic)) return super.removal(proxy, name, toxic)
    const url = this.address(`/proxies/${part(proxy)}`)
    return { method: 'POST', url, body: { enabled: true }, goneIsDone: true, does: `open the proxy ${proxy}` }
  }

  override deletion(proxy: string): UndoStep[] {
    const url = this.address(`/proxies/${part(proxy)}`)
    const does = `delete the proxy ${proxy}`
    // a link that does not go straight yet would be dead without it
    return [{ method: 'DELETE', url, goneIsDone: true, onlyAfterSuccess: true, does }]
  }

  override async effect(proxy: string, name: string, toxic: Toxic): Promise<ToxicEffect | undefined> {
    const path = `/proxies/${part(proxy)}${isCut(toxic) ? '' : `/toxics/${part(name)}`}`
    const body = await this.told(path)
    if (body === undefined) return undefined
    const isOn = !isCut(toxic) || (Check(Enabled, body) && !body.enabled)
    return isOn ? UNTOLD : undefined
  }

  override async openConnections(): Promise<number> {
    return 0
  }
}

const isCut = ({ type }: Toxic): boolean => type === 'cut'

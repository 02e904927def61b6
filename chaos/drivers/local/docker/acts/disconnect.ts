import { type Container, type Endpoint, shortId } from '../container.ts'
import { type ContainerAct, GONE, isStill, type WayBack } from './act.ts'

/** Docker takes no container off these. */
const FIXED = ['host', 'none']

/** Its endpoint in a network is taken away: its connections there hang, and its names are no longer known. */
export function disconnect(networks: readonly string[] | undefined): ContainerAct {
  const which = networks === undefined ? 'all its networks' : networks.join(', ')
  const hit = (before: Container): string[] =>
    Object.keys(before.NetworkSettings.Networks).filter(
      (one) => (networks?.includes(one) ?? true) && !FIXED.includes(one),
    )
  return {
    does: `takes off ${which}`,
    undo: 'connect again, with the same aliases, and the same address where it was a fixed one',
    proof: `Docker tells that it is not in ${which}; after the undo that it is, with its aliases`,
    whyNot: (before) => {
      const missing = (networks ?? []).filter((one) => !hit(before).includes(one))
      if (missing.length > 0) return `it is not in ${missing.join(', ')}, or cannot be taken off`
      return hit(before).length === 0 ? 'it is in no network that it can be taken off' : undefined
    },
    requests: (before) =>
      hit(before).map((network) => ({
        method: 'POST',
        path: `/networks/${encodeURIComponent(network)}/disconnect`,
        body: { Container: before.Id, Force: false },
      })),
    wayBack: (before) => hit(before).map((network) => reconnection(before, network)),
    look: (before, now) => {
      if (!isStill(before, now)) return GONE
      const there = now.NetworkSettings.Networks
      const gone = hit(before).filter((one) => there[one] === undefined)
      const other = hit(before).filter((one) => there[one] && !isAsBefore(before, now, one))
      const isNormal = gone.length + other.length === 0
      return { isOn: gone.length === hit(before).length, isNormal, seen: seen(now, gone, other) }
    },
  }
}

function reconnection(before: Container, network: string): WayBack {
  const { IPAMConfig, Links, DriverOpts } = endpoint(before, network)
  const settings = { IPAMConfig, Links, DriverOpts, Aliases: aliases(before, network) }
  const given = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined)
  return {
    method: 'POST',
    path: `/networks/${encodeURIComponent(network)}/connect`,
    body: { Container: before.Id, EndpointConfig: Object.fromEntries(given) },
    doneIfSaid: 'already exists in network',
    does: `connect ${before.name} with ${network}`,
  }
}

function isAsBefore(before: Container, now: Container, network: string): boolean {
  const known = aliases(now, network)
  const { IPAMConfig } = endpoint(before, network)
  const isAddressed =
    JSON.stringify(IPAMConfig ?? {}) === JSON.stringify(endpoint(now, network).IPAMConfig ?? {})
  return isAddressed && aliases(before, network).every((one) => known.includes(one))
}

const endpoint = (one: Container, network: string): Endpoint => one.NetworkSettings.Networks[network] ?? {}

/** Without the short id, which Docker adds by itself. */
const aliases = (one: Container, network: string): string[] =>
  (endpoint(one, network).Aliases ?? []).filter((alias) => alias !== shortId(one))

function seen(now: Container, gone: readonly string[], other: readonly string[]): string {
  const known = Object.entries(now.NetworkSettings.Networks).map(
    ([name, { IPAddress = '' }]) => `${name}${IPAddress === '' ? '' : ` as ${IPAddress}`}`,
  )
  const words = [
    `it is in ${known.length === 0 ? 'no network' : known.join(', ')}`,
    ...(gone.length > 0 ? [`not in ${gone.join(', ')}`] : []),
    ...(other.length > 0 ? [`with other settings than before in ${other.join(', ')}`] : []),
  ]
  return words.join(', ')
}

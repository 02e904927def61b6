import { isIP } from 'node:net'

/** An end of a link, as its description tells it. */
export interface Endpoint {
  /** left out: a name, which may stand for any address */
  readonly host?: string
  readonly port: number
}

/** Packets of TCP, as they come or go through a network namespace. */
export interface Packets extends Endpoint {
  readonly hook: 'input' | 'output'
  /** whether they go to that end, or come from it */
  readonly go: 'to' | 'from'
  /** the network interface through which they come or go; left out: any */
  readonly device?: string
}

/** The two parts of `127.0.0.1:5432`, `[::1]:5432` or `db:5432`; undefined when it names no port. */
export function endpointOf(address: string): Endpoint | undefined {
  const found = /^\[?(.*?)\]?:(\d+)$/.exec(address)
  if (found === null) return undefined
  const [, host = '', port] = found
  return { port: Number(port), ...(isIP(host) === 0 ? {} : { host }) }
}

/** Whether what goes to that address comes back to where it started from. */
export const isLoopback = (address: string): boolean => /^(127\.|\[?::1\]?:|localhost:)/.test(address)

/** Whether there may be packets that are meant by both. */
export function meet(a: Packets, b: Packets): boolean {
  const alike = a.hook === b.hook && a.go === b.go && a.port === b.port
  return alike && (a.host === b.host || a.host === undefined || b.host === undefined)
}

/** As nft says it: `ip daddr 127.0.0.1 tcp dport 5432`. */
export function matching({ hook, go, host, port, device }: Packets): string {
  const side = go === 'to' ? 'd' : 's'
  const through = device === undefined ? [] : [`${hook === 'input' ? 'iifname' : 'oifname'} "${device}"`]
  const address = host === undefined ? [] : [`${isIP(host) === 6 ? 'ip6' : 'ip'} ${side}addr ${host}`]
  return [...through, ...address, `tcp ${side}port ${port}`].join(' ')
}

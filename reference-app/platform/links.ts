/** Where something listens. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Who dials whom. All services share the last link: through it they look up the names of the others. */
export const links = [
  { name: 'gateway→catalogue', from: 'gateway', to: 'catalogue' },
  { name: 'gateway→orders', from: 'gateway', to: 'orders' },
  { name: 'catalogue→postgres', from: 'catalogue', to: 'postgres' },
  { name: 'orders→postgres', from: 'orders', to: 'postgres' },
  { name: 'order-worker→postgres', from: 'order-worker', to: 'postgres' },
  { name: 'plaza→dns', from: 'plaza', to: 'dns' },
] as const

export type Link = (typeof links)[number]

/** By the name of the link: what it dials instead of its own end. */
export type Vias = Readonly<Record<string, Address>>

export function findLink(name: string): Link | undefined {
  return links.find((link) => link.name === name)
}

/** The name under which services reach each other: `catalogue.plaza.test`. RFC 6761 keeps `.test` for such. */
export function hostOf(to: Exclude<Link['to'], 'dns'>): string {
  return `${to}.plaza.test`
}

/** Reads `127.0.0.1:PORT`, any address of 127.0.0.0/8; `undefined` when it is not one. */
export function parseLoopback(text: string): Address | undefined {
  const [, host, digits] = /^(127(?:\.\d{1,3}){3}):(\d{1,5})$/.exec(text) ?? []
  if (host === undefined || host.split('.').some((byte) => Number(byte) > 255)) return undefined
  const port = Number(digits)
  return port >= 1 && port <= 65_535 ? { host, port } : undefined
}

export function formatAddress({ host, port }: Address): string {
  return `${host}:${port}`
}

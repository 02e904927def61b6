/** Where something listens, or is reached. An empty host means all addresses of this machine, as Go has it. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** `127.0.0.1:8474`, `[::1]:8474`, `:8474`; undefined when it is none of these. */
export function parseAddress(text: string): Address | undefined {
  const parts = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:]*)):(?<port>\d{1,5})$/.exec(text)?.groups
  const port = Number(parts?.['port'])
  if (parts === undefined || port > 65_535) return undefined
  return { host: parts['v6'] ?? parts['host'] ?? '', port }
}

export function addressInWords({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

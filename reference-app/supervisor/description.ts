import path from 'node:path'
import { formatAddress, type Link, links, type Vias } from '../platform/links.ts'
import { type SwitchState, switchNames, switchReasons } from '../platform/switch-state.ts'
import { offsetFile } from './clocks.ts'
import type { DataFolder } from './data-folder.ts'
import type { PortName, Ports } from './ports.ts'
import { services } from './services.ts'
import type { ProcessState } from './supervised.ts'

/** What Plaza tells of itself: the format `gauntlet/target/1`. */
export interface Description {
  readonly schema: 'gauntlet/target/1'
  readonly name: 'plaza'
  readonly version: string
  readonly addresses: Readonly<Record<string, string>>
  readonly processes: readonly DescribedProcess[]
  readonly links: readonly DescribedLink[]
  readonly switches: readonly { readonly name: string; readonly why: string; readonly on: boolean }[]
  readonly facts: readonly { readonly name: string; readonly why: string }[]
  readonly logs: readonly { readonly name: string; readonly path: string }[]
  readonly control: { readonly url: string; readonly tokenFile: string }
}

export interface DescribedProcess {
  readonly name: string
  readonly pid?: number
  readonly startedAt?: number
  readonly state?: ProcessState
  readonly labels: Readonly<Record<string, string>>
  readonly port: number
  readonly clock?: { readonly offsetFile: string }
}

interface DescribedLink {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly listen: string
  readonly upstream: string
}

/** What is known of a process at this moment. */
export interface Live {
  readonly state: ProcessState
  readonly pid?: number
  readonly startedAt?: number
}

export const tiers = [{ name: 'postgres', tier: 'data' } as const, ...services]

export interface Described {
  readonly version: string
  readonly ports: Ports
  readonly folder: DataFolder
  readonly vias: Vias
  readonly switches: SwitchState
  readonly skewableClocks: boolean
  live(name: PortName): Live | undefined
}

export function describe(described: Described): Description {
  const { version, ports, folder, vias, switches, live } = described
  return {
    schema: 'gauntlet/target/1',
    name: 'plaza',
    version,
    addresses: {
      gateway: `http://127.0.0.1:${ports.gateway}`,
      catalogue: `http://127.0.0.1:${ports.catalogue}`,
      orders: `http://127.0.0.1:${ports.orders}`,
    },
    processes: tiers.map(({ name, tier }) => ({
      name,
      ...live(name),
      labels: { app: name, tier },
      port: ports[name],
      ...describeClock(name, described),
    })),
    links: links.map((link) => describeLink(link, ports, vias)),
    switches: switchNames.map((name) => ({ name, why: switchReasons[name], on: switches[name] })),
    facts: [{ name: 'orders', why: 'every stored order, when it was done, and how often it took effect' }],
    logs: ['supervisor', ...tiers.map(({ name }) => name)].map((name) => ({
      name,
      path: path.join(folder.logs, `${name}.log`),
    })),
    control: { url: `http://127.0.0.1:${ports.control}`, tokenFile: folder.tokenFile },
  }
}

/** PostgreSQL's is the machine's: its figures of what was written when must not go back. */
function describeClock(name: PortName, { folder, skewableClocks }: Described) {
  return skewableClocks && name !== 'postgres'
    ? { clock: { offsetFile: offsetFile({ folder: folder.clocks }, name) } }
    : {}
}

/** Where a link is dialled now, and where it leads by itself. */
function describeLink({ name, from, to }: Link, ports: Ports, vias: Vias): DescribedLink {
  const upstream = { host: '127.0.0.1', port: ports[to] }
  const listen = vias[name] ?? upstream
  return { name, from, to, listen: formatAddress(listen), upstream: formatAddress(upstream) }
}

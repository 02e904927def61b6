import { GauntletError, list, type SideName, type Target } from '../../../reports/run/index.ts'
import { portHolders } from '../../process/ports.ts'
import { isBuild, type Side } from './sides.ts'

/** The ports of a side; `first` is passed on to a build that can be told. */
export interface SidePorts {
  readonly first?: number
  readonly ports: readonly number[]
}

type Both<Value> = Readonly<Record<SideName, Value>>

/** Where free blocks are looked for when no --port is given, and where the search ends. */
const [FIRST_PORT, LAST_PORT] = [7300, 65_000]

/** Gives each build that can be told a block of its own; two that would take the same ports are refused. */
export async function portsFor(sides: Both<Side>, port: number | undefined): Promise<Both<SidePorts>> {
  const movable = [sides.base, sides.head].filter(({ config }) => config.start?.port !== undefined)
  if (port !== undefined && movable.length === 0)
    throw new GauntletError('NO_PORT_FLAG', '--port means nothing here: neither side can be told its ports', {
      hint: 'give target.start.port in gauntlet.config.ts',
    })
  const ports = { base: standingPorts(sides.base), head: standingPorts(sides.head) }
  for (const side of movable) {
    const other = ports[side.side === 'base' ? 'head' : 'base']
    ports[side.side] = await freeBlock(side, { port, taken: other.ports })
  }
  refuseShared(sides, ports)
  return ports
}

/** As the description tells; of a build that will be moved nothing is known yet. */
function standingPorts({ config, target }: Side): SidePorts {
  return { ports: config.start?.port === undefined ? portsOf(target) : [] }
}

function portsOf({ processes, addresses }: Target): number[] {
  const ofAddresses = Object.values(addresses).map((address) => Number(new URL(address).port))
  const all = [...processes.flatMap(({ port }) => port ?? []), ...ofAddresses]
  return [...new Set(all.filter((port) => port > 0))]
}

/** From --port on, behind the other side's; without it the first block that is free. */
async function freeBlock(
  { config, given }: Side,
  { port, taken }: { readonly port: number | undefined; readonly taken: readonly number[] },
): Promise<SidePorts> {
  const count = config.start?.port?.count ?? 0
  for (let first = port ?? FIRST_PORT; first + count <= LAST_PORT; first += count) {
    const ports = Array.from({ length: count }, (_, n) => first + n)
    if (ports.some((one) => taken.includes(one))) continue
    const [holder] = (await Promise.all(ports.map(portHolders))).flat()
    if (holder === undefined) return { first, ports }
    if (port !== undefined)
      throw new GauntletError('PORT_TAKEN', `a port from ${first} to ${ports.at(-1)} is taken by ${holder}`, {
        hint: 'it was left alone: end that program, or leave --port out',
      })
  }
  throw new GauntletError('NO_PORTS', `no ${count} ports in a row are free for ${given}`)
}

function refuseShared({ base, head }: Both<Side>, ports: Both<SidePorts>): void {
  const shared = ports.base.ports.filter((one) => ports.head.ports.includes(one))
  if (shared.length === 0 || !(isBuild(base) || isBuild(head))) return
  throw new GauntletError(
    'SAME_PORTS',
    `${base.given} and ${head.given} would both listen on port ${list(shared.map(String))}`,
    { hint: 'they run side by side: give target.start.port in gauntlet.config.ts, so that one can be moved' },
  )
}

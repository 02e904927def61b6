import { GauntletError, list, type SideName, type Target } from '../../../reports/run/index.ts'
import { isBuild, type Side } from './sides.ts'

type Both<Value> = Readonly<Record<SideName, Value>>

/** Names of this machine for itself; a program that listens on all addresses is reached by each. */
const THIS_MACHINE = /^(localhost|127\..+|\[::1\]|0\.0\.0\.0|\[::\])$/

/**
 * Refuses two sides that are one: the load of both would go to the same program, and the head be never asked. One
 * running target given twice is meant so.
 */
export function refuseSharedAddresses(sides: Both<Side>, targets: Both<Pick<Target, 'addresses'>>): void {
  const { base, head } = sides
  if (!isBuild(base) && !isBuild(head) && base.path === head.path) return
  const ofBase = new Set(Object.values(targets.base.addresses).map(placeOf))
  const shared = Object.values(targets.head.addresses).filter((address) => ofBase.has(placeOf(address)))
  if (shared.length === 0) return
  throw new GauntletError('SAME_ADDRESS', `${base.given} and ${head.given} are both at ${list(shared)}`, {
    hint: isBuild(base) || isBuild(head) ? OF_BUILDS : OF_RUNNING,
  })
}

const OF_BUILDS =
  'the head would never be asked: a build that is told its ports must tell its addresses, in the file that GAUNTLET_TARGET_FILE names and not in target.description'
const OF_RUNNING =
  'the head would never be asked: give each side a description of its own, or target.start, so that both are started'

/** Where an address leads, however it is written. */
function placeOf(address: string): string {
  const { protocol, hostname, port, pathname } = new URL(address)
  const host = THIS_MACHINE.test(hostname) ? 'localhost' : hostname
  return `${host}:${port || (/^(https|wss):/.test(protocol) ? 443 : 80)}${pathname.replace(/\/$/, '')}`
}

/** Refuses before anything is started what is known by then: of a build that will be moved, only what it fixes itself. */
export function refuseSharedBefore(sides: Both<Side>): void {
  const { base, head } = sides
  if (isKnown(base) && isKnown(head)) refuseSharedAddresses(sides, { base: base.target, head: head.target })
}

const isKnown = ({ config }: Side): boolean =>
  config.start?.port === undefined || config.description !== undefined

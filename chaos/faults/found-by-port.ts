import { isOnThisMachine, type Target } from '../../reports/run/index.ts'
import { lacking, type Machine } from '../model/machine.ts'
import { type BlastRadius, whyNobody } from '../radius/blast-radius.ts'
import { isSelected } from '../radius/selected.ts'
import type { Refusal } from './fault-kind.ts'

/**
 * Of a target without control, whose processes are found by the ports on which they listen: why those that are meant
 * cannot be; undefined when they can.
 */
export function whyNotByPort(
  target: Target,
  { selector }: BlastRadius,
  machine: Machine,
): Refusal | undefined {
  const { name, addresses } = target
  if (!target.processes.every((one) => !isSelected(one, selector) || one.port !== undefined))
    return {
      why: `${name} offers no control, and does not say on which ports its processes listen`,
      hint: 'give each of its processes a port, and it is found by that; or describe target.control',
    }
  // whoever listens here on a port of a server elsewhere is a stranger
  if (!isOnThisMachine(target))
    return {
      why: `${name} offers no control, and ${atInWords(addresses)}: its processes cannot be found by their ports here`,
      hint: 'they can where all its addresses are on this machine, such as http://127.0.0.1:8080; or describe target.control',
    }
  const lack = lacking('listeners', machine)
  if (lack !== undefined)
    return {
      why: `${name} offers no control, and its processes cannot be found by their ports: ${lack}`,
      hint: 'possible on Linux, or anywhere with target.control described',
    }
  return whyNobody(target, selector)
}

/** Hosts alone: an address may hold a password. */
function atInWords(addresses: Target['addresses']): string {
  const hosts = [...new Set(Object.values(addresses).map((one) => new URL(one).host))]
  return hosts.length === 0 ? 'has no address' : `is at ${hosts.join(', ')}`
}

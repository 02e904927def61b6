import type { Target } from './target.ts'

/** The host of a URL that is this machine. */
export const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Whether all that a target says of where it is, is this machine; one that says nothing may be anywhere. */
export function isOnThisMachine({ addresses }: Pick<Target, 'addresses'>): boolean {
  const hosts = Object.values(addresses).map((address) => new URL(address).hostname)
  return hosts.length > 0 && hosts.every((host) => LOOPBACK.test(host))
}

import type { Capability } from './manifests/index.ts'

/** What this machine has for faults, and of what it lacks what said so. */
export interface Machine {
  readonly has: readonly Capability[]
  readonly lacks: Readonly<Partial<Record<Capability, string>>>
}

export const UNKNOWN_MACHINE: Machine = { has: [], lacks: {} }

/** Why a capability cannot be counted on; undefined when it can. */
export function lacking(capability: Capability, { has, lacks }: Machine): string | undefined {
  return has.includes(capability) ? undefined : (lacks[capability] ?? 'nobody looked for it on this machine')
}

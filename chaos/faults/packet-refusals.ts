import { GauntletError, type Target } from '../../reports/run/index.ts'
import { lacking, type Machine } from '../model/machine.ts'
import type { Capability } from '../model/manifests/index.ts'

interface Asked {
  readonly target: Target
  readonly machine: Machine
  readonly needs: readonly ('nft' | 'netem' | 'tbf')[]
}

/** What the plan says of it. That no process has a pid yet is no reason: the target may not have been started. */
export function whyNoPackets(
  find: (target: Target) => unknown,
  { target, machine, needs }: Asked,
): { why: string; hint: string } | undefined {
  for (const one of needs) {
    const lack = lacking(one, machine)
    if (lack !== undefined)
      return { why: `packets cannot be hit: there is no ${one} here: ${lack}`, hint: HINTS[one] }
  }
  if (target.control === undefined)
    return {
      why: `${target.name} offers no control, so its processes and their network cannot be told`,
      hint: 'describe target.control, as in reports/run/target.schema.json',
    }
  if (target.processes.every(({ pid }) => pid === undefined)) return undefined
  try {
    find(target)
    return undefined
  } catch (error) {
    if (error instanceof GauntletError) return { why: error.message, hint: error.hint ?? '' }
    throw error
  }
}

const HINTS = {
  nft: 'possible as root on Linux with nftables (nft) and util-linux (nsenter, unshare)',
  netem: 'possible as root on Linux with iproute2 (tc) and a kernel with sch_netem and sch_htb',
  tbf: 'possible as root on Linux with iproute2 (tc) and a kernel with sch_tbf and sch_htb',
} as const satisfies Partial<Record<Capability, string>>

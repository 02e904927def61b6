import type { Exec } from '../../../../reports/run/index.ts'
import type { Machine } from '../../../model/machine.ts'
import type { Capability } from '../../../model/manifests/index.ts'
import { whyFailed } from '../netfilter/index.ts'

type PacketCapability = Extract<Capability, 'nft' | 'netem' | 'tbf'>

const qdisc = (...kind: string[]): string[] => ['tc', 'qdisc', 'add', 'dev', 'lo', 'root', ...kind]

/** Each is tried as it is used, one after the other: only netem and tbf below htb leave other packets alone. */
const TRIALS: Readonly<Record<PacketCapability, readonly (readonly string[])[]>> = {
  nft: [['nft', 'create table inet gauntlet_trial']],
  netem: [qdisc('htb'), qdisc('netem', 'delay', '1ms')],
  tbf: [qdisc('htb'), qdisc('tbf', 'rate', '1mbit', 'burst', '2000', 'limit', '4000')],
}

const TRIED_WITHIN_MS = 5_000

/** Tries each in a network namespace of its own, which is gone with the program that tried. */
export async function lookAtMachine(exec: Exec): Promise<Machine> {
  const names = ['nft', 'netem', 'tbf'] as const
  const failures = await Promise.all(names.map((name) => firstFailure(TRIALS[name], exec)))
  return {
    has: names.filter((_, n) => failures[n] === undefined),
    lacks: Object.fromEntries(
      names.flatMap((name, n) => (failures[n] === undefined ? [] : [[name, failures[n]]])),
    ),
  }
}

async function firstFailure(
  commands: readonly (readonly string[])[],
  exec: Exec,
): Promise<string | undefined> {
  for (const command of commands) {
    const ended = await exec.run({
      file: 'unshare',
      args: ['--net', '--', ...command],
      timeoutMs: TRIED_WITHIN_MS,
    })
    if (ended.exitCode !== 0) return `${command.join(' ')}: ${whyFailed(ended)}`
  }
  return undefined
}

import { readQdiscs } from '../../../../chaos/drivers/local/netem/index.ts'
import {
  askInNamespace,
  isMachinesOwn,
  namespaceOf,
} from '../../../../chaos/drivers/local/netfilter/index.ts'
import type { CommandUndo, Exec, Target } from '../../../../reports/run/index.ts'
import type { Sighting } from './sighting.ts'

/** Network namespaces that processes of the target are in; never the machine's own, where we put nothing. */
export const namespacesOf = ({ processes }: Target): number[] =>
  processes
    .flatMap(({ pid }) => (pid === undefined ? [] : (namespaceOf(pid) ?? [])))
    .filter((inode) => !isMachinesOwn(inode))

/** Tables and qdiscs that are named there as ours are. Others are not looked at. */
export async function seenRules(namespace: number, exec: Exec): Promise<Sighting[]> {
  const ask = (...command: [string, ...string[]]) => askInNamespace(namespace, command, exec)
  const tables = (await ask('nft', 'list', 'tables', 'inet')) ?? ''
  const qdiscs = readQdiscs((await ask('tc', '-j', 'qdisc', 'show')) ?? '[]') ?? []
  return [
    ...[...tables.matchAll(/^table inet (gauntlet_[a-z0-9_]+)$/gm)].map(([, name = '']) =>
      rule(namespace, `the table ${name}`, { what: 'nft-table', name }),
    ),
    ...qdiscs.flatMap(({ dev: device, root = false, handle: told, kind }) => {
      const [, handle] = /^([4-7][0-9a-f]{3}):$/.exec(told) ?? []
      if (!root || handle === undefined) return []
      return [rule(namespace, `the qdisc ${kind} ${told} of ${device}`, { what: 'tc-qdisc', device, handle })]
    }),
  ]
}

function rule(namespace: number, name: string, deletes: CommandUndo['deletes']): Sighting {
  const where = `${name} in net:[${namespace}]`
  return { what: `${where} is there`, step: { kind: 'command', namespace, deletes, does: `delete ${where}` } }
}

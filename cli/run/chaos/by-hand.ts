import { dirname } from 'node:path'
import { prlimitArgs } from '../../../chaos/drivers/local/descriptors/index.ts'
import type { CommandUndo, DiskUndo, Undo, UndoStep } from '../../../reports/run/index.ts'

/** The commands that take something back without us. */
export function undoByHand(undo: Undo): string {
  const steps = undo.kind === 'steps' ? undo.steps : [undo]
  return steps.map(stepByHand).join(' && ')
}

function stepByHand(step: UndoStep): string {
  if (step.kind === 'signal') return `kill -${step.signal.slice(3)} ${step.victim.pid}`
  if (step.kind === 'command') return deletionByHand(step)
  if (step.kind === 'disk') return freeDiskByHand(step)
  if (step.kind === 'descriptors') return `prlimit ${prlimitArgs(step.victim.pid, step.softLimit).join(' ')}`
  if (step.kind === 'clock') return `echo +0 > ${quoted(step.offsetFile)}`
  const { method, url, tokenFile, body } = step
  const token = tokenFile === undefined ? '' : ` -H "authorization: Bearer $(cat ${quoted(tokenFile)})"`
  const json =
    body === undefined ? '' : ` -H 'content-type: application/json' -d ${quoted(JSON.stringify(body))}`
  return `curl -X ${method}${token}${json} ${quoted(url)}`
}

/** As the undo does it: the limits, then everybody home, then the empty group. */
function freeDiskByHand({ group, limits }: DiskUndo): string {
  const freed = limits.map(({ path, value }) => `echo '${value}' > ${quoted(path)}`)
  if (group === undefined) return freed.join(' && ')
  const home = `for pid in $(cat ${quoted(`${group}/cgroup.procs`)}); do echo $pid > ${quoted(`${dirname(group)}/cgroup.procs`)}; done`
  return [...freed, home, `rmdir ${quoted(group)}`].join(' && ')
}

/** Through the first process that is in that network namespace. */
function deletionByHand({ namespace, deletes }: CommandUndo): string {
  const pid = `$(lsns -nt net -o NS,PID | awk '$1 == ${namespace} { print $2 }')`
  const command =
    deletes.what === 'nft-table'
      ? `nft delete table inet ${deletes.name}`
      : `tc qdisc del dev ${deletes.device} root handle ${deletes.handle}:`
  return `nsenter -t ${pid} -n ${command}`
}

/** For a shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

import { closeSync } from 'node:fs'
import { type Ended, type Exec, GauntletError } from '../../../../reports/run/index.ts'
import { enterArgs, openNamespace } from './open-namespace.ts'

const ANSWERS_WITHIN_MS = 5_000

/** Runs a program in the network namespace with this inode; undefined when that is gone. */
export async function runInNamespace(
  inode: number,
  [file, ...args]: readonly [string, ...string[]],
  exec: Exec,
): Promise<Ended | undefined> {
  const descriptor = openNamespace(inode)
  if (descriptor === undefined) return undefined
  try {
    const command = [...enterArgs(descriptor), file, ...args]
    return await exec.run({ file: 'nsenter', args: command, timeoutMs: ANSWERS_WITHIN_MS })
  } finally {
    closeSync(descriptor)
  }
}

/** What it printed; undefined when the namespace is gone; throws when the program failed. */
export async function askInNamespace(
  inode: number,
  command: readonly [string, ...string[]],
  exec: Exec,
): Promise<string | undefined> {
  const ended = await runInNamespace(inode, command, exec)
  if (ended === undefined || ended.exitCode === 0) return ended?.stdout
  throw new GauntletError('NAMESPACE_SILENT', `${command.join(' ')} in net:[${inode}]: ${whyFailed(ended)}`, {
    hint: 'packet faults need root, nsenter, nft and tc',
    exit: 'machinery',
  })
}

export const whyFailed = ({ failedToStart, stderr, timedOut, exitCode }: Ended): string =>
  failedToStart ?? (timedOut ? 'it did not answer' : stderr.trim().split('\n')[0] || `exit ${exitCode}`)

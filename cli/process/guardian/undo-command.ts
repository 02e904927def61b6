import { execFile } from 'node:child_process'
import { closeSync } from 'node:fs'
import { promisify } from 'node:util'
import { enterArgs, openNamespace } from '../../../chaos/drivers/local/netfilter/open-namespace.ts'
import type { CommandUndo } from '../../../reports/run/index.ts'

const execute = promisify(execFile)

/** Deletes rules of ours; why it could not, in words. With their namespace they are gone, which counts as done. */
export async function runCommand(
  { namespace, deletes }: CommandUndo,
  timeoutMs: number,
): Promise<string | undefined> {
  let descriptor: number | undefined
  try {
    descriptor = openNamespace(namespace)
    if (descriptor === undefined) return undefined
    const within = enterArgs(descriptor)
    const run = (...args: string[]) => execute('nsenter', [...within, ...args], { timeout: timeoutMs })
    return await (deletes.what === 'nft-table' ? deleteTable(deletes.name, run) : deleteQdisc(deletes, run))
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

type Run = (...args: string[]) => Promise<{ readonly stdout: string }>

/** One transaction of nft, in which there is such a table: what is gone already is no mistake. */
async function deleteTable(name: string, run: Run): Promise<undefined> {
  await run('nft', `add table inet ${name}; delete table inet ${name}`)
}

/** The kernel compares the handle: what another put in its place is left alone. */
async function deleteQdisc(
  { device, handle }: { readonly device: string; readonly handle: string },
  run: Run,
): Promise<string | undefined> {
  try {
    await run('tc', 'qdisc', 'del', 'dev', device, 'root', 'handle', `${handle}:`)
    return undefined
  } catch (error) {
    const { stdout } = await run('tc', 'qdisc', 'show')
    return stdout.includes(` ${handle}: dev ${device} `) ? String(error) : undefined
  }
}

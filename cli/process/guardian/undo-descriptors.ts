import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { prlimitArgs } from '../../../chaos/drivers/local/descriptors/index.ts'
import type { DescriptorsUndo } from '../../../reports/run/index.ts'

const execute = promisify(execFile)

export async function setOpenFilesLimit(
  { victim, softLimit }: DescriptorsUndo,
  timeoutMs: number,
): Promise<void> {
  await execute('prlimit', prlimitArgs(victim.pid, softLimit), { timeout: timeoutMs })
}

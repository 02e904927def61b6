import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { ProcessIdentity } from '../../../reports/run/index.ts'
import { entryFile } from '../entry.ts'
import { identify } from '../identity.ts'
import { followOutput } from '../output.ts'
import type { CarrierName } from './guardian-protocol.ts'

/** Far longer than a process of ours takes to listen, even on a busy machine. */
const READY_WITHIN_MS = 20_000

/** A process of ours that carries faults, and lets them go by itself when nobody beats or its input closes. */
export interface Carrier {
  readonly url: string
  readonly process: ProcessIdentity
  /** its lease begins anew */
  beat(): void
}

/** Starts `cli/entries/NAME.ts`. Resolves when it says where it listens. */
export async function startCarrier(name: CarrierName, leaseMs: number): Promise<Carrier> {
  const child = spawn(process.execPath, [entryFile(name), String(leaseMs)], { cwd: '/', stdio: 'pipe' })
  child.stdin.on('error', () => {})
  const url = await readyUrl(child)
  const identity = identify(child.pid)
  if (identity === undefined) throw new Error('it ended as soon as it was ready')
  return { url, process: identity, beat: () => void child.stdin.write('\n') }
}

function readyUrl(child: ChildProcessWithoutNullStreams): Promise<string> {
  const stderr = followOutput(child.stderr)
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`it was not ready within ${READY_WITHIN_MS / 1000} s ${stderr()}`))
    }, READY_WITHIN_MS)
    followOutput(child.stdout, (line) => {
      clearTimeout(late)
      const { url } = JSON.parse(line) as { url?: unknown }
      if (typeof url === 'string') resolve(url)
      else reject(new Error(`it said ${line}`))
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(late)
      reject(new Error(`${signal ?? `exit ${code}`} ${stderr().trim()}`))
    })
  })
}

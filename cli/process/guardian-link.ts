import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { GauntletError } from '../../reports/run/index.ts'
import { entryFile } from './entry.ts'
import { environmentOf } from './environment.ts'
import { readFromGuardian, type ToGuardian } from './guardian-protocol.ts'
import { followOutput } from './output.ts'

export interface GuardianOptions {
  readonly runId: string
  /** where the guardian writes what it did in our stead */
  readonly journalPath: string
  /** removed by the guardian when we are gone */
  readonly scratch: string
  /** a harness that was not heard of for so long is taken for gone */
  readonly leaseMs: number
}

/** One guardian process, and what we say to it. */
export interface GuardianLink {
  readonly pid: number
  /** aborts with a GauntletError as its reason */
  readonly lost: AbortSignal
  tell(message: ToGuardian): void
  /** resolves when the guardian says that this is done; rejects when it is lost */
  done(id: string): Promise<void>
  giveUp(reason: string): void
  close(): Promise<void>
}

/** Resolves when it is ready to hold something. */
export async function linkGuardian(options: GuardianOptions): Promise<GuardianLink> {
  const child = spawnGuardian(options)
  const waiting = new Map<string, () => void>()
  const lost = new AbortController()
  const stderr = followOutput(child.stderr)
  const giveUp = (reason: string): void => lost.abort(lostError(reason))
  let closing = false

  followOutput(child.stdout, (line) => {
    const done = readFromGuardian(line)?.done
    if (done === undefined) return
    waiting.get(done)?.()
    waiting.delete(done)
  })
  const exited = new Promise<void>((resolve) => {
    child.once('error', (cause) => giveUp(cause.message))
    child.once('close', (code, signal) => {
      if (!closing) giveUp(`${signal ?? `exit ${code}`} ${stderr().trim()}`)
      for (const acknowledge of waiting.values()) acknowledge()
      resolve()
    })
  })
  child.stdin.on('error', () => {})

  const done = (id: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (lost.signal.aborted) return reject(lost.signal.reason)
      const refuse = (): void => reject(lost.signal.reason)
      lost.signal.addEventListener('abort', refuse, { once: true })
      waiting.set(id, () => {
        lost.signal.removeEventListener('abort', refuse)
        resolve()
      })
    })
  await done('ready')
  return {
    pid: child.pid ?? 0,
    lost: lost.signal,
    tell: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    done,
    giveUp,
    close: async () => {
      closing = true
      child.stdin.end(`${JSON.stringify({ bye: true })}\n`)
      await exited
    },
  }
}

// `detached`: a session of its own, which neither Ctrl-C nor the closing of the terminal reaches.
function spawnGuardian(options: GuardianOptions): ChildProcessWithoutNullStreams {
  const { runId, journalPath, scratch, leaseMs } = options
  // it compiles what we compiled a moment ago
  const NODE_COMPILE_CACHE = getCompileCacheDir()
  const environment = environmentOf({ file: '', args: [], environment: { NODE_COMPILE_CACHE } }, runId)
  const args = [entryFile('guardian'), runId, journalPath, scratch, String(leaseMs)]
  return spawn(process.execPath, args, { detached: true, cwd: '/', env: environment, stdio: 'pipe' })
}

function lostError(reason: string): GauntletError {
  return new GauntletError('GUARDIAN_LOST', `the guardian ended before us: ${reason}`, {
    hint: 'without it nothing would be taken back if gauntlet were killed; run again',
    exit: 'machinery',
  })
}

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { GauntletError, type HeldUndo, type ProcessIdentity } from '../../reports/run/index.ts'
import { entryFile } from './entry.ts'
import { environmentOf } from './environment.ts'
import { type Held, readFromGuardian, type ToGuardian } from './guardian-protocol.ts'
import { followOutput } from './output.ts'

export interface GuardianOptions {
  readonly runId: string
  /** where the guardian writes what it did in our stead */
  readonly journalPath: string
  /** removed by the guardian when we are gone */
  readonly scratch: string
}

/** A process of its own that takes everything back when this one is killed, however it is killed. */
export interface Guardian {
  readonly pid: number
  /** aborts, with a GauntletError as its reason, when the guardian itself is gone: nothing may be injected any more */
  readonly lost: AbortSignal
  /** resolves with the id for `release` once the guardian has it: only then act */
  hold(undo: HeldUndo): Promise<string>
  /** at once: a process that the guardian does not know yet still carries the run's mark */
  holdProcess(process: ProcessIdentity): string
  release(id: string): Promise<void>
  /** after everything is released; what is still held is taken back first */
  close(): Promise<void>
}

/** Call before anything is started or touched. */
export async function startGuardian(options: GuardianOptions): Promise<Guardian> {
  const child = spawnGuardian(options)
  const waiting = new Map<string, () => void>()
  const lost = new AbortController()
  const stderr = followOutput(child.stderr)
  let closing = false
  let held = 0

  followOutput(child.stdout, (line) => {
    const done = readFromGuardian(line)?.done
    if (done === undefined) return
    waiting.get(done)?.()
    waiting.delete(done)
  })
  const exited = new Promise<void>((resolve) => {
    child.once('error', (cause) => lost.abort(lostError(cause.message)))
    child.once('close', (code, signal) => {
      if (!closing) lost.abort(lostError(`${signal ?? `exit ${code}`} ${stderr().trim()}`))
      for (const acknowledge of waiting.values()) acknowledge()
      resolve()
    })
  })
  child.stdin.on('error', () => {})

  const tell = (message: ToGuardian): boolean => child.stdin.write(`${JSON.stringify(message)}\n`)
  const acknowledged = (id: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (lost.signal.aborted) return reject(lost.signal.reason)
      const refuse = (): void => reject(lost.signal.reason)
      lost.signal.addEventListener('abort', refuse, { once: true })
      waiting.set(id, () => {
        lost.signal.removeEventListener('abort', refuse)
        resolve()
      })
    })
  const keep = (kept: Held): string => {
    const id = `${kept.kind}-${++held}`
    tell({ hold: { id, held: kept } })
    return id
  }

  await acknowledged('ready')
  return {
    pid: child.pid ?? 0,
    lost: lost.signal,
    hold: async (undo) => {
      const id = keep(undo)
      await acknowledged(id)
      return id
    },
    holdProcess: (process) => keep({ kind: 'process', ...process, group: true }),
    release: async (id) => {
      if (lost.signal.aborted || closing) return
      const released = acknowledged(`${id}-released`)
      tell({ release: id })
      await released
    },
    close: async () => {
      closing = true
      tell({ bye: true })
      child.stdin.end()
      await exited
    },
  }
}

// `detached`: a session of its own, which neither Ctrl-C nor the closing of the terminal reaches.
function spawnGuardian({ runId, journalPath, scratch }: GuardianOptions): ChildProcessWithoutNullStreams {
  // it compiles what we compiled a moment ago
  const NODE_COMPILE_CACHE = getCompileCacheDir()
  const environment = environmentOf({ file: '', args: [], environment: { NODE_COMPILE_CACHE } }, runId)
  return spawn(process.execPath, [entryFile('guardian'), runId, journalPath, scratch], {
    detached: true,
    cwd: '/',
    env: environment,
    stdio: 'pipe',
  })
}

function lostError(reason: string): GauntletError {
  return new GauntletError('GUARDIAN_LOST', `the guardian ended before us: ${reason}`, {
    hint: 'without it nothing would be taken back if gauntlet were killed; run again',
    exit: 'machinery',
  })
}

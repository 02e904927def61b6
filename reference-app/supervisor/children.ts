import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Failure } from '../platform/failure.ts'
import { type ProcessIdentity, readStartedAt } from '../platform/process-identity.ts'
import type { Kept } from './keeper.ts'
import type { LogFile } from './log-file.ts'

/** How to start a program. */
export interface Launch {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** The user and group to run as, when they are not ours. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** Whether the program speaks with us over an IPC channel. */
  readonly ipc: boolean
  /** The signals that end it, from gentle to certain. */
  readonly endings: readonly NodeJS.Signals[]
}

export interface Child {
  readonly process: ChildProcess
  readonly identity: ProcessIdentity
  /** The way it ended, in words: `exit 1` or `SIGKILL`. */
  readonly ended: Promise<string>
}

/**
 * The one place that starts processes. Each is in a session of its own (a Ctrl-C in the terminal is for the
 * supervisor alone, which then stops all in order) and is told to the keeper before anything else happens.
 */
export class Children {
  readonly #kept = new Map<number, Kept>()
  #keeper: ChildProcess | undefined
  #closing = false

  start(launch: Launch, log: LogFile): Child {
    if (this.#closing) throw new Failure('stopped while it was starting')
    this.#keeper ??= this.#startKeeper()
    const child = spawn(launch.file, launch.args, {
      env: launch.env,
      cwd: launch.cwd ?? '/',
      detached: true,
      stdio: launch.ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
      ...launch.user,
    })
    const { pid } = child
    if (pid === undefined) return failedStart(child, log)
    const identity = { pid, startedAt: readStartedAt(pid) ?? 0 }
    this.#kept.set(pid, { ...identity, endings: launch.endings })
    this.#tellKeeper()
    log.follow(child.stdout)
    log.follow(child.stderr)
    return { process: child, identity, ended: this.#awaitEnd(child, pid) }
  }

  /** Starts no more, and lets the keeper go: it ends what is still there, and then itself. */
  async close(): Promise<void> {
    this.#closing = true
    const keeper = this.#keeper
    if (keeper === undefined || keeper.exitCode !== null) return
    const ended = once(keeper, 'exit')
    keeper.stdin?.end()
    await ended
  }

  #awaitEnd(child: ChildProcess, pid: number): Promise<string> {
    return new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#kept.delete(pid)
        this.#tellKeeper()
        resolve(signal ?? `exit ${code}`)
      })
    })
  }

  #startKeeper(): ChildProcess {
    const keeper = spawn(process.execPath, [fileURLToPath(new URL('keeper.ts', import.meta.url))], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    keeper.stdin?.on('error', () => {})
    keeper.once('exit', () => {
      if (this.#closing) return
      this.#keeper = this.#startKeeper()
      this.#tellKeeper()
    })
    return keeper
  }

  #tellKeeper(): void {
    this.#keeper?.stdin?.write(`${JSON.stringify([...this.#kept.values()])}\n`)
  }
}

function failedStart(child: ChildProcess, log: LogFile): Child {
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      log.write(`could not be started: ${error.message}`)
      resolve(error.message)
    })
  })
  return { process: child, identity: { pid: 0, startedAt: 0 }, ended }
}

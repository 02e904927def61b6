import { execa } from 'execa'
import type { Command, Ended, Exec, ProcessIdentity, Program } from '../../reports/run/index.ts'
import { type Environment, environmentOf } from './environment.ts'
import type { Guardian } from './guardian/guardian.ts'
import { identify, isAlive, isStopped } from './identity.ts'
import { followOutput } from './output.ts'
import { goingFirst } from './priority.ts'
import { schedulerDelayMs } from './scheduler-delay.ts'
import { terminate } from './terminate.ts'

const GRACE_MS = 5_000
/** how long a program's outputs are still read once its group is gone */
const LAST_WORDS_MS = 1_000

export interface ExecOptions {
  readonly runId: string
  /** told of every program that is started, so that none outlives us */
  readonly guardian?: Pick<Guardian, 'holdProcess' | 'release'>
}

/** The real Exec. Every program leads a process group of its own: Ctrl-C on the terminal does not reach it. */
export function createExec(options: ExecOptions): Exec {
  const start = (command: Command): Program => startProgram(command, options)
  return {
    start,
    run: (command) => start(command).ended,
    signal: sendSignal,
    isAlive,
    isStopped,
    schedulerDelayMs,
  }
}

function startProgram(command: Command, { runId, guardian }: ExecOptions): Program {
  // A guardian ends our programs after its undos, which the target must live to hear; so then execa does not.
  const child = spawn(command, environmentOf(command, runId), { cleanup: guardian === undefined })
  const { pid } = child
  const identity = identify(pid)
  // A leader that ended at once is a corpse without identity; what it started may live.
  const group = pid === undefined ? [] : [{ pid, startedAt: identity?.startedAt ?? 0, group: true }]
  const tail = {
    stdout: followOutput(child.stdout, command.onLine),
    stderr: followOutput(child.stderr, command.onErrorLine),
  }
  let endedBy: 'caller' | 'time-out' | 'itself' | undefined
  let gone: Promise<void> | undefined
  const end = (by: NonNullable<typeof endedBy>, graceMs: number): Promise<void> => {
    endedBy ??= by
    gone ??= terminate(group, graceMs)
    return gone
  }
  // The group ends with its leader: what a program leaves running would hold its pipes open, and outlive us.
  child.nodeChildProcess.once('exit', async () => {
    await end('itself', GRACE_MS)
    // What left the group may hold the pipes open for as long as it lives.
    setTimeout(
      () => [child.stdout, child.stderr].forEach((pipe) => void pipe.destroy()),
      LAST_WORDS_MS,
    ).unref()
  })
  const timer =
    command.timeoutMs === undefined
      ? undefined
      : setTimeout(() => void end('time-out', GRACE_MS), command.timeoutMs)
  const hold = identity === undefined ? undefined : guardian?.holdProcess(identity)
  const ended = child.then(async (result): Promise<Ended> => {
    clearTimeout(timer)
    await end('itself', GRACE_MS)
    // It may die in this instant; its `lost` tells that, and the program has ended all the same.
    if (hold !== undefined) await guardian?.release(hold).catch(() => {})
    return {
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      timedOut: endedBy === 'time-out',
      cancelled: endedBy === 'caller',
      failedToStart: pid === undefined ? String(result.originalMessage ?? result.shortMessage) : null,
      stdout: tail.stdout(),
      stderr: tail.stderr(),
    }
  })
  return {
    pid,
    ended,
    stop: async (graceMs = GRACE_MS) => {
      await end('caller', graceMs)
      return ended
    },
  }
}

function spawn(command: Command, env: Environment, { cleanup }: { cleanup: boolean }) {
  const { file, args } = command.goesFirst ? goingFirst(command) : command
  return execa(file, [...args], {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    env,
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    // its own process group
    killDescendants: true,
    // ended with us when we end in good order
    cleanup,
    forceKillAfterDelay: false,
  })
}

function sendSignal(victim: Parameters<Exec['signal']>[0]): boolean {
  const identity: ProcessIdentity = victim
  if (!isAlive(identity)) return false
  try {
    return process.kill(victim.pid, victim.signal)
  } catch {
    return false
  }
}

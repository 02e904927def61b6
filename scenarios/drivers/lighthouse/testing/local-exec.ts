import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { Command, Ended, Exec, Program } from '../../../../reports/run/index.ts'

/** An Exec for tests on real programs; `mark` stands in the environment of all that it starts. */
export function localExec(mark = 'none'): Exec {
  const start = (command: Command): Program => startProgram(command, mark)
  return { start, run: (command) => start(command).ended, signal: () => false, isAlive: () => false }
}

function startProgram(command: Command, mark: string): Program {
  const child = spawn(command.file, [...command.args], {
    env: { ...process.env, GAUNTLET_RUN: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(command.timeoutMs === undefined ? {} : { timeout: command.timeoutMs }),
  })
  let failedToStart: string | null = null
  child.on('error', (error) => {
    failedToStart = error.message
  })
  if (command.onLine !== undefined) createInterface({ input: child.stdout }).on('line', command.onLine)
  const texts = Promise.all([text(child.stdout), text(child.stderr)])
  const ended = once(child, 'close').then(async (): Promise<Ended> => {
    const [stdout, stderr] = await texts
    return {
      exitCode: failedToStart === null ? child.exitCode : null,
      signal: child.signalCode,
      timedOut: false,
      cancelled: false,
      failedToStart,
      stdout,
      stderr,
    }
  })
  return {
    pid: child.pid,
    ended,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

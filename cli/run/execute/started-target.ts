import { type Ended, GauntletError, type RunContext } from '../../../reports/run/index.ts'
import type { GauntletConfig } from '../../config/config.ts'
import { howItEnded, programOf } from './target-command.ts'

export interface TargetOptions {
  readonly config: GauntletConfig['target']
  /** first of the ports that the target may take, from --port */
  readonly port?: number
}

const LINES_SHOWN = 12

export interface StartedTarget {
  stop(): Promise<Ended>
  /** how it ended; undefined while it runs */
  readonly ended: Ended | undefined
  /** the last lines that it wrote */
  readonly lines: readonly string[]
}

/** It is told in which file to describe itself. */
export function startTarget(
  { config, port }: TargetOptions,
  descriptionFile: string,
  context: RunContext,
): StartedTarget {
  const { file, args } = programOf(config.start!.command)
  const flag = config.start!.port?.flag
  const lines: string[] = []
  const keep = (line: string): void => {
    lines.push(line)
    if (lines.length > LINES_SHOWN) lines.shift()
  }
  const program = context.exec.start({
    file,
    args: port === undefined || flag === undefined ? args : [...args, flag, String(port)],
    cwd: context.projectRoot,
    environment: { ...config.start!.environment, GAUNTLET_TARGET_FILE: descriptionFile },
    onLine: keep,
    onErrorLine: keep,
  })
  let ended: Ended | undefined
  void program.ended.then((how) => {
    ended = how
  })
  return {
    stop: () => program.stop(10_000),
    get ended() {
      return ended
    },
    lines,
  }
}

/** It will not get ready any more. */
export function refuseEnded(program: StartedTarget | undefined): void {
  if (program?.ended !== undefined)
    throw notReady(`it ended first (${howItEnded(program.ended)})`, program.lines)
}

export function notReady(why: string, lines: readonly string[]): GauntletError {
  const last =
    lines.length > 0 ? `its last lines:\n${lines.map((line) => `    ${line}`).join('\n')}` : undefined
  return new GauntletError('TARGET_NOT_READY', `the target was never ready: ${why}`, {
    exit: 'machinery',
    ...(last === undefined ? {} : { hint: last }),
  })
}

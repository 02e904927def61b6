import { basename } from 'node:path'
import type { Exec } from '../../../../reports/run/context.ts'

/** The version that we build, and that all traps in scenarios/README.md were found on. */
export const PINNED_VERSION = '2.2.0'
export const ACCEPTED_RANGE = '≥ 2.2.0 and < 3'

/** The version that a program says it is; undefined when it is no k6. It calls itself by the name of its file. */
export async function versionOf(path: string, exec: Exec): Promise<string | undefined> {
  const ended = await exec.run({
    file: path,
    args: ['version'],
    environment: {},
    inheritEnvironment: false,
    timeoutMs: 20_000,
  })
  const head = `${basename(path)} v`
  if (ended.exitCode !== 0 || !ended.stdout.startsWith(head)) return undefined
  return /^(\d+\.\d+\.\d+\S*) \(.*go/.exec(ended.stdout.slice(head.length))?.[1]
}

/** Whether we know how this version writes its stream. A pre-release of the pinned one came before it. */
export function isAccepted(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 2 && minor >= 2 && !version.startsWith(`${PINNED_VERSION}-`)
}

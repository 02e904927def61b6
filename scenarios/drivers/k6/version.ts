import type { Exec } from '../../../reports/run/context.ts'

/** The version that we build, and that all traps in scenarios/README.md were found on. */
export const PINNED_VERSION = '2.2.0'
export const ACCEPTED_RANGE = '≥ 2.2.0 and < 3'

/** The version that a program says it is; undefined when it is no k6. */
export async function versionOf(path: string, exec: Exec): Promise<string | undefined> {
  const ended = await exec.run({
    file: path,
    args: ['version'],
    environment: {},
    inheritEnvironment: false,
    timeoutMs: 20_000,
  })
  return ended.exitCode === 0 ? /^k6(?:\.exe)? v(\d+\.\d+\.\d+\S*)/m.exec(ended.stdout)?.[1] : undefined
}

/** Whether we know how this version writes its stream. A pre-release of the pinned one came before it. */
export function isAccepted(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 2 && minor >= 2 && !version.startsWith(`${PINNED_VERSION}-`)
}

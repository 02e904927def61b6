import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from '../platform/failure.ts'

const folders = ['/usr/lib/faketime', '/usr/lib64/faketime', '/usr/lib/*/faketime', '/usr/local/lib/faketime']

/** Clocks that can be set apart from the machine's, one for each service, by libfaketime. */
export interface Clocks {
  readonly library: string
  readonly folder: string
}

/** What libfaketime adds to the clock of a service. */
export function offsetFile({ folder }: Pick<Clocks, 'folder'>, service: string): string {
  return path.join(folder, `${service}.offset`)
}

export function findFaketime(): string {
  const [library] = globSync(folders.map((one) => path.join(one, 'libfaketime.so.1')))
  if (library !== undefined) return library
  throw new Failure('--skewable-clocks needs libfaketime, which is not installed', {
    hint: 'Debian and Ubuntu: apt install libfaketime',
    exitCode: 2,
  })
}

/** All of them right. */
export function openClocks(clocks: Clocks, services: readonly { readonly name: string }[]): Clocks {
  mkdirSync(clocks.folder, { recursive: true, mode: 0o700 })
  for (const { name } of services) writeFileSync(offsetFile(clocks, name), '+0\n')
  return clocks
}

/** Timers and time-outs go on as they are; the file is read again each second. */
export function clockEnvironment(clocks: Clocks, service: string): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: clocks.library,
    FAKETIME_TIMESTAMP_FILE: offsetFile(clocks, service),
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}

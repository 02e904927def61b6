import { access, constants, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { type Exec, GauntletError, type ProcessIdentity } from '../../../reports/run/index.ts'
import type { BuildableK6, FindK6Context, K6Binary } from './binary.ts'
import { buildIntoCache } from './build-k6.ts'
import { ACCEPTED_RANGE, isAccepted, PINNED_VERSION, versionOf } from './version.ts'

export interface FindK6Options {
  /** of the calling process */
  readonly environment: { readonly K6_BIN?: string | undefined; readonly PATH?: string | undefined }
  /** our cache, such as `~/.cache/gauntlet` */
  readonly cacheFolder: string
  /** such as `linux-x64` */
  readonly system: string
  /** the calling process, written into the lock of a build */
  readonly self: ProcessIdentity
}

/** K6_BIN, then `k6` on the PATH, then our cache, then a build into it. */
export async function findK6(options: FindK6Options, context: FindK6Context): Promise<K6Binary> {
  const found = await locateK6(options, context)
  if (!('go' in found)) return found
  const path = await buildIntoCache({ ...found, self: options.self }, context)
  return { path, version: PINNED_VERSION, origin: 'built from the pinned module' }
}

/** Where k6 is, or how it will be made; makes nothing. */
export async function locateK6(
  { environment, cacheFolder, system }: FindK6Options,
  context: FindK6Context,
): Promise<K6Binary | BuildableK6> {
  if (environment.K6_BIN) return namedByUser(environment.K6_BIN, context.exec)
  const folder = join(cacheFolder, 'k6', `${PINNED_VERSION}-${system}`)
  const here = (await fromPath(environment.PATH, context)) ?? (await fromCache(folder, context.exec))
  if (here !== undefined) return here
  const go = await programOnPath('go', environment.PATH)
  if (go === undefined) throw noK6()
  return { go, folder }
}

async function namedByUser(path: string, exec: Exec): Promise<K6Binary> {
  const version = isAbsolute(path) || path.includes('/') ? await versionOf(path, exec) : undefined
  if (version !== undefined && isAccepted(version)) return { path, version, origin: 'K6_BIN' }
  const what = version === undefined ? 'is no k6 that can be run' : `is k6 v${version}`
  throw new GauntletError('K6_BIN_UNUSABLE', `K6_BIN is "${path}", which ${what}`, {
    hint: `give the path of a k6 ${ACCEPTED_RANGE}, or take K6_BIN out of the environment`,
  })
}

async function fromPath(
  pathVariable: string | undefined,
  { exec, log }: FindK6Context,
): Promise<K6Binary | undefined> {
  const path = await programOnPath('k6', pathVariable)
  if (path === undefined) return undefined
  const version = await versionOf(path, exec)
  if (version !== undefined && isAccepted(version)) return { path, version, origin: 'PATH' }
  const what = version === undefined ? 'does not say its version' : `is v${version}`
  log.fact(`the k6 on the PATH (${path}) ${what}; wanted is ${ACCEPTED_RANGE}, so it is not used`)
  return undefined
}

/** A binary that does not answer as the version that it should be is as good as none. */
async function fromCache(folder: string, exec: Exec): Promise<K6Binary | undefined> {
  const path = join(folder, 'k6')
  if (!(await isProgram(path)) || (await versionOf(path, exec)) !== PINNED_VERSION) return undefined
  return { path, version: PINNED_VERSION, origin: 'cache' }
}

async function programOnPath(name: string, path = ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, name)
    if (await isProgram(candidate)) return candidate
  }
  return undefined
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

const noK6 = () =>
  new GauntletError(
    'NO_K6',
    'there is no k6: none in K6_BIN, on the PATH or in the cache, and no Go to build it',
    {
      hint: `install k6 (${ACCEPTED_RANGE}) or Go (1.21 or later) and have it on the PATH, or set K6_BIN to a k6`,
      exit: 'machinery',
    },
  )

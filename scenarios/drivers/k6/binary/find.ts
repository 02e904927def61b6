import { access, constants, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { type Exec, GauntletError, type ProcessIdentity } from '../../../../reports/run/index.ts'
import type { FindK6Context, K6Binary, MissingK6 } from './binary.ts'
import { buildK6 } from './build-k6.ts'
import { archiveFor, fetchK6, OFFICIAL_RELEASES } from './fetch-k6.ts'
import { intoCache } from './into-cache.ts'
import { ACCEPTED_RANGE, isAccepted, PINNED_VERSION, versionOf } from './version.ts'

export interface FindK6Options {
  /** of the calling process */
  readonly environment: {
    readonly K6_BIN?: string | undefined
    readonly PATH?: string | undefined
    readonly GAUNTLET_K6_RELEASES?: string | undefined
  }
  /** our cache, such as `~/.cache/gauntlet` */
  readonly cacheFolder: string
  /** such as `linux-x64` */
  readonly system: string
  /** the calling process, written into the lock of a build */
  readonly self: ProcessIdentity
}

/** K6_BIN, then `k6` on the PATH, then our cache; then it is built into the cache, or fetched where there is no Go. */
export async function findK6(options: FindK6Options, context: FindK6Context): Promise<K6Binary> {
  const found = await locateK6(options, context)
  if (!('by' in found)) return found
  const { by, folder } = found
  const make = (path: string): Promise<void> =>
    'go' in by ? buildK6(by.go, path, context) : fetchK6(by, path, context)
  const path = await intoCache({ folder, self: options.self, make }, context)
  return {
    path,
    version: PINNED_VERSION,
    origin: 'go' in by ? 'built from the pinned module' : 'official release',
  }
}

/** Where k6 is, or how it will be had; makes nothing. */
export async function locateK6(
  { environment, cacheFolder, system }: FindK6Options,
  context: FindK6Context,
): Promise<K6Binary | MissingK6> {
  if (environment.K6_BIN) return namedByUser(environment.K6_BIN, context.exec)
  const folder = join(cacheFolder, 'k6', `${PINNED_VERSION}-${system}`)
  const here = (await fromPath(environment.PATH, context)) ?? (await fromCache(folder, context.exec))
  if (here !== undefined) return here
  const go = await programOnPath('go', environment.PATH)
  if (go !== undefined) return { folder, by: { go } }
  const archive = archiveFor(system)
  if (archive === undefined) throw noK6(system)
  return { folder, by: { releases: environment.GAUNTLET_K6_RELEASES || OFFICIAL_RELEASES, archive } }
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

const noK6 = (system: string) =>
  new GauntletError(
    'NO_K6',
    `there is no k6: none in K6_BIN, on the PATH or in the cache, no Go to build it, and no release for ${system}`,
    {
      hint: `install k6 (${ACCEPTED_RANGE}) or Go (1.21 or later) and have it on the PATH, or set K6_BIN to a k6`,
      exit: 'machinery',
    },
  )

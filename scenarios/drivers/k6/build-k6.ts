import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GauntletError, type ProcessIdentity } from '../../../reports/run/index.ts'
import type { BuildableK6, FindK6Context } from './binary.ts'
import { withBuildLock } from './build-lock.ts'
import { PINNED_VERSION, versionOf } from './version.ts'

export interface BuildK6 extends BuildableK6 {
  readonly self: ProcessIdentity
}

const MODULE = fileURLToPath(new URL('./build', import.meta.url))
const TIMEOUT_MS = 20 * 60_000
/** modules and packages that `go build -v` names on a clean machine, for a feeling of how far it is */
const PACKAGES = 850

/** Builds k6 beside its place and renames it there, so that a half-written one is never found. One build at a time. */
export async function buildIntoCache(build: BuildK6, context: FindK6Context): Promise<string> {
  const path = join(build.folder, 'k6')
  await makeFolder(build.folder)
  await withBuildLock(join(build.folder, 'lock'), build.self, context, async () => {
    if ((await versionOf(path, context.exec)) === PINNED_VERSION) return
    await removePartial(build.folder)
    const partial = join(build.folder, `partial-${build.self.pid}`)
    await goBuild(partial, build, context)
    await rename(partial, path)
  })
  return path
}

async function goBuild(
  partial: string,
  { go, folder }: BuildK6,
  { exec, log }: FindK6Context,
): Promise<void> {
  log.doing(
    `building k6 v${PINNED_VERSION} with Go; once, about two minutes on two cores, and a download before`,
  )
  let packages = 0
  const lastLines: string[] = []
  const ended = await exec.run({
    file: go,
    args: ['build', '-v', '-trimpath', '-o', partial, 'go.k6.io/k6/v2'],
    cwd: MODULE,
    environment: { GO111MODULE: 'on', GOWORK: 'off', GOFLAGS: '-mod=readonly', CGO_ENABLED: '0' },
    timeoutMs: TIMEOUT_MS,
    onErrorLine: (line) => {
      lastLines.push(line)
      if (lastLines.length > 4) lastLines.shift()
      packages += 1
      if (packages % 100 === 0)
        log.doing(`building k6 v${PINNED_VERSION}: ${packages} of about ${PACKAGES} steps`)
    },
  })
  const version = ended.exitCode === 0 ? await versionOf(partial, exec) : undefined
  if (version === PINNED_VERSION) return
  await rm(partial, { force: true })
  const why = ended.timedOut ? 'it took too long' : (ended.failedToStart ?? lastLines.join('\n'))
  throw new GauntletError('K6_BUILD_FAILED', `Go could not build k6 v${PINNED_VERSION}: ${why}`, {
    hint: `install k6 yourself and have it on the PATH, or set K6_BIN to it; the cache is ${dirname(folder)}`,
    exit: 'machinery',
  })
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw new GauntletError('CACHE_UNWRITABLE', `k6 cannot be built: ${folder} cannot be made`, {
      hint: 'set XDG_CACHE_HOME to a folder that can be written, or K6_BIN to a k6',
      exit: 'machinery',
      cause,
    })
  }
}

/** What a build that was killed left behind; nobody else builds while we hold the lock. */
async function removePartial(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith('partial-')) await rm(join(folder, name), { force: true })
}

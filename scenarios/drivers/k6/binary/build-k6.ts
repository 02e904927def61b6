import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GauntletError } from '../../../../reports/run/index.ts'
import type { FindK6Context } from './binary.ts'
import { PINNED_VERSION, versionOf } from './version.ts'

const MODULE = fileURLToPath(new URL('../build', import.meta.url))
const TIMEOUT_MS = 20 * 60_000
/** modules and packages that `go build -v` names on a clean machine, for a feeling of how far it is */
const PACKAGES = 850

/** Builds the pinned module with this Go. */
export async function buildK6(go: string, path: string, { exec, log }: FindK6Context): Promise<void> {
  log.doing(
    `building k6 v${PINNED_VERSION} with Go; once, about two minutes on two cores, and a download before`,
  )
  let packages = 0
  const lastLines: string[] = []
  const ended = await exec.run({
    file: go,
    args: ['build', '-v', '-trimpath', '-o', path, 'go.k6.io/k6/v2'],
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
  const version = ended.exitCode === 0 ? await versionOf(path, exec) : undefined
  if (version === PINNED_VERSION) return
  const why = ended.timedOut ? 'it took too long' : (ended.failedToStart ?? lastLines.join('\n'))
  throw new GauntletError('K6_BUILD_FAILED', `Go could not build k6 v${PINNED_VERSION}: ${why}`, {
    hint: `install k6 yourself and have it on the PATH, or set K6_BIN to it; the cache is ${dirname(dirname(dirname(path)))}`,
    exit: 'machinery',
  })
}

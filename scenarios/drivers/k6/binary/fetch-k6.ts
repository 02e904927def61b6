import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { GauntletError } from '../../../../reports/run/index.ts'
import type { FindK6Context } from './binary.ts'
import { ACCEPTED_RANGE, PINNED_VERSION, versionOf } from './version.ts'

/** Where k6's makers publish it; a mirror has the same paths below. */
export const OFFICIAL_RELEASES = 'https://github.com/grafana/k6/releases/download'

/** By `process.platform` and `process.arch`, the archive of a release; its k6 lies in a folder of the same name. */
const ARCHIVES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-amd64.tar.gz',
  'linux-arm64': 'linux-arm64.tar.gz',
  'darwin-x64': 'macos-amd64.zip',
  'darwin-arm64': 'macos-arm64.zip',
}

/** The archive for a system such as `linux-x64`; undefined: k6 publishes none. */
export function archiveFor(system: string): string | undefined {
  const suffix = ARCHIVES[system]
  return suffix === undefined ? undefined : `k6-v${PINNED_VERSION}-${suffix}`
}

/** Fetches the official release. An archive whose checksum is not the published one is never unpacked. */
export async function fetchK6(
  { releases, archive }: { readonly releases: string; readonly archive: string },
  path: string,
  context: FindK6Context,
): Promise<void> {
  const below = `${releases.replace(/\/$/, '')}/v${PINNED_VERSION}`
  context.log.doing(`fetching k6 v${PINNED_VERSION} from ${below}; once, about 40 MB`)
  const folder = dirname(path)
  const fetched = async (name: string): Promise<string> => {
    const to = join(folder, name)
    const failure = await context.download({ url: `${below}/${name}`, to })
    if (failure !== undefined) throw notFetched(`${below}/${name}`, failure)
    return to
  }
  const sums = await fetched(`k6-v${PINNED_VERSION}-checksums.txt`)
  const published = checksumOf(archive, await readFile(sums, 'utf8'))
  if (published === undefined)
    throw notFetched(`${below}/${archive}`, 'the checksum file of the release does not name it')
  const packed = await fetched(archive)
  const actual = await sha256(packed)
  if (actual !== published) throw wrongChecksum(`${below}/${archive}`, { actual, published })
  await unpack(packed, { archive, folder }, context)
  const version = await versionOf(path, context.exec)
  if (version !== PINNED_VERSION)
    throw notFetched(`${below}/${archive}`, `what it holds says that it is ${version ?? 'no k6'}`)
}

/** Of lines such as `2f0c…  k6-v2.2.0-linux-amd64.tar.gz`. */
function checksumOf(archive: string, sums: string): string | undefined {
  const fields = sums.split('\n').map((line) => line.trim().split(/\s+\*?/))
  return fields.find(([, name]) => name === archive)?.[0]?.toLowerCase()
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

// A tar of BSD, which macOS has, reads zip files too.
async function unpack(
  packed: string,
  { archive, folder }: { readonly archive: string; readonly folder: string },
  { exec }: FindK6Context,
): Promise<void> {
  const member = `${archive.replace(/\.(tar\.gz|zip)$/, '')}/k6`
  // As root tar would keep the owner that the archive names, who could change it later.
  const args = ['-xf', packed, '-C', folder, '--no-same-owner', '--strip-components=1', member]
  const ended = await exec.run({ file: 'tar', args, timeoutMs: 120_000 })
  if (ended.exitCode === 0) return
  const said = ended.stderr.trim().split('\n')[0]
  throw notFetched(packed, `tar could not unpack it: ${ended.failedToStart ?? said}`)
}

const HINT = `install k6 (${ACCEPTED_RANGE}) or Go (1.21 or later) and have it on the PATH, set K6_BIN to a k6, or GAUNTLET_K6_RELEASES to a mirror of the releases`

const notFetched = (what: string, why: string) =>
  new GauntletError('K6_NOT_FETCHED', `k6 could not be fetched: ${what}: ${why}`, {
    hint: HINT,
    exit: 'machinery',
  })

const wrongChecksum = (what: string, sums: { readonly actual: string; readonly published: string }) =>
  new GauntletError(
    'K6_CHECKSUM',
    `${what} has the SHA-256 ${sums.actual}, and the release says ${sums.published}: it was thrown away`,
    {
      hint: `somebody on the way changed it, or it came in part: run again. If it stays so, ${HINT}`,
      exit: 'machinery',
    },
  )

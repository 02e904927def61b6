import { rmSync } from 'node:fs'
import { access, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']

/** A real browser: CHROME_BIN, one on the PATH, or the one that comes through npm. */
export async function launchBrowser(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Browser> {
  const executablePath = (await installed(environment)) ?? (await unpacked())
  return chromium.launch({ executablePath, args: ARGS })
}

async function installed(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (environment['CHROME_BIN']) return environment['CHROME_BIN']
  const folders = (environment['PATH'] ?? '').split(delimiter)
  for (const path of folders.flatMap((folder) => NAMES.map((name) => join(folder, name))))
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path
  return undefined
}

/** In a folder of its own: in one for all, the package takes for whole what another process is still unpacking. */
async function unpacked(): Promise<string> {
  const { default: packed } = await import('@sparticuz/chromium')
  const folder = await mkdtemp(join(tmpdir(), 'gauntlet-browser-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { TMPDIR } = process.env
  process.env['TMPDIR'] = folder
  try {
    return await packed.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  }
}

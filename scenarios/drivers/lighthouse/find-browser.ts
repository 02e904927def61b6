import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Exec, GauntletError, type Log } from '../../../reports/run/index.ts'
import { unpackNpmBrowser } from './npm-browser.ts'

export interface FoundBrowser {
  readonly path: string
  /** as the program says it: `Chromium 153.0.8010.0` */
  readonly version: string
  /** how it was found: `CHROME_BIN`, `PATH`, `npm` */
  readonly origin: string
}

export interface BrowserSearch {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly exec: Pick<Exec, 'run'>
  readonly log: Pick<Log, 'doing'>
  /** our cache of tools: $XDG_CACHE_HOME/gauntlet */
  readonly cacheFolder: string
}

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium']
const MAC_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const VERSION_TIMEOUT_MS = 20_000

/** The browser that pages are visited with: the one that was named, an installed one, the one that npm brought. */
export async function findBrowser(search: BrowserSearch): Promise<FoundBrowser> {
  const found = (await namedBrowser(search)) ?? (await installedBrowser(search)) ?? (await npmBrowser(search))
  if (found !== undefined) return found
  throw new GauntletError('BROWSER_MISSING', 'no Chrome or Chromium is here to visit pages with', {
    hint: 'install Google Chrome or Chromium (on Debian: apt install chromium), or set CHROME_BIN to its path',
    exit: 'machinery',
  })
}

async function namedBrowser(search: BrowserSearch): Promise<FoundBrowser | undefined> {
  for (const origin of ['CHROME_BIN', 'CHROME_PATH']) {
    const path = search.environment[origin]
    if (path === undefined || path === '') continue
    const version = await versionOf(path, search.exec)
    if (version !== undefined) return { path, version, origin }
    throw new GauntletError('BROWSER_UNUSABLE', `${origin} is ${path}, which does not answer to --version`, {
      hint: `set ${origin} to the program itself, or unset it to have one looked for`,
      exit: 'machinery',
    })
  }
  return undefined
}

async function installedBrowser({ environment, exec }: BrowserSearch): Promise<FoundBrowser | undefined> {
  // A browser from a snap sees neither our profiles nor our scratch folder.
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((one) => !one.startsWith('/snap'))
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  for (const path of [...paths, ...MAC_APPLICATIONS]) {
    if (!(await isExecutable(path))) continue
    const version = await versionOf(path, exec)
    if (version !== undefined) return { path, version, origin: 'PATH' }
  }
  return undefined
}

/** What is in the cache is complete; should a disk have lost part of it since, it is unpacked once more. */
async function npmBrowser(search: BrowserSearch): Promise<FoundBrowser | undefined> {
  for (const fresh of [false, true]) {
    const path = await unpackNpmBrowser({ ...search, fresh })
    const version = path === undefined ? undefined : await versionOf(path, search.exec)
    if (path !== undefined && version !== undefined) return { path, version, origin: 'npm' }
  }
  return undefined
}

async function versionOf(path: string, exec: Pick<Exec, 'run'>): Promise<string | undefined> {
  const ended = await exec.run({ file: path, args: ['--version'], timeoutMs: VERSION_TIMEOUT_MS })
  const said = ended.stdout.trim()
  return ended.exitCode === 0 && /\d+\.\d+/.test(said) ? said : undefined
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

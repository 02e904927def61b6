import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Launcher } from 'chrome-launcher'

/** Not @sparticuz/chromium's own arguments: its `--single-process` distorts what is measured. */
const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  // nothing but the audited page may use the network or the processor
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-quic',
  // a free port of its own choosing, which it writes into its profile
  '--remote-debugging-port=0',
  // unused; but Chromium ends itself when this pipe closes, so it goes even if we are killed
  '--remote-debugging-pipe',
]

const POLL_MS = 20
const START_TIMEOUT_MS = 15_000

export interface BrowserOptions {
  readonly path: string
  /** an empty folder */
  readonly profile: string
  readonly sandbox: boolean
}

export interface Browser {
  /** where its DevTools protocol is served, on loopback */
  readonly port: number
  /** kills it with all its processes; resolves when it is gone */
  close(): Promise<void>
}

/** Where the sandbox cannot be had (root, a kernel without user namespaces), the browser starts without it. */
export async function launchBrowser(options: BrowserOptions): Promise<Browser> {
  try {
    return await launch(options)
  } catch (error) {
    if (!options.sandbox) throw error
    return launch({ ...options, sandbox: false })
  }
}

async function launch({ path, profile, sandbox }: BrowserOptions): Promise<Browser> {
  const launcher = new Launcher({
    chromePath: path,
    userDataDir: profile,
    handleSIGINT: false,
    chromeFlags: [...FLAGS, ...(sandbox ? [] : ['--no-sandbox'])],
  })
  try {
    await launcher.launch()
    return { port: await portOf(launcher, profile), close: () => close(launcher) }
  } catch (error) {
    await close(launcher)
    throw error
  }
}

async function portOf(launcher: Launcher, profile: string): Promise<number> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS && !hasEnded(launcher); waitedMs += POLL_MS) {
    const written = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const [port, path] = written.split('\n')
    if (path) return Number(port)
    await wait(POLL_MS)
  }
  const said = await readFile(join(profile, 'chrome-err.log'), 'utf8').catch(() => '')
  throw new Error(`the browser did not start: ${said.trim().split('\n').at(-1) || 'it says nothing'}`)
}

async function close(launcher: Launcher): Promise<void> {
  const { chromeProcess } = launcher
  launcher.kill()
  if (chromeProcess !== undefined && !hasEnded(launcher)) await once(chromeProcess, 'exit')
}

function hasEnded({ chromeProcess }: Launcher): boolean {
  return chromeProcess?.exitCode !== null || chromeProcess.signalCode !== null
}

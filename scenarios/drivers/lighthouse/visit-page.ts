import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../../reports/run/index.ts'
import { noFigures, toFigures } from './figures.ts'
import { type Browser, type BrowserOptions, launchBrowser } from './launch-browser.ts'
import type { AuditRequest, PageFigures } from './visit-protocol.ts'

/** Pictures, and a second navigation that tells nothing of the first. */
const SKIPPED = ['final-screenshot', 'screenshot-thumbnails', 'bf-cache']

/** What Lighthouse needs besides the load, so that it ends a slow load itself and says why. */
const BESIDE_LOAD_MS = 8_000

export interface Visit extends Pick<AuditRequest, 'url' | 'preset' | 'browserPath' | 'scratch'> {
  readonly timeoutMs: number
  readonly sandbox: boolean
  readonly signal: AbortSignal
}

/** One visit by a browser with an empty profile. It always comes to an end, and its browser with it. */
export async function visitPage(visit: Visit): Promise<PageFigures> {
  const profile = await mkdtemp(join(visit.scratch, 'browser-profile-'))
  try {
    return await withBrowser({ path: visit.browserPath, profile, sandbox: visit.sandbox }, (browser) =>
      withinLimit(audit(visit, browser.port), visit),
    )
  } catch (error) {
    return noFigures(messageOf(error))
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function withBrowser<Value>(
  options: BrowserOptions,
  use: (browser: Browser) => Promise<Value>,
): Promise<Value> {
  const browser = await launchBrowser(options)
  try {
    return await use(browser)
  } finally {
    await browser.close()
  }
}

/** Work that is given up goes on until its browser is killed, and then rejects: nobody waits for it. */
async function withinLimit(work: Promise<PageFigures>, { timeoutMs, signal }: Visit): Promise<PageFigures> {
  work.catch(() => {})
  const limit = AbortSignal.timeout(timeoutMs)
  return Promise.race([
    work,
    rejectOn(limit, `the page gave no figures within ${Number((timeoutMs / 1000).toFixed(1))} s`),
    rejectOn(signal, 'the visit was stopped'),
  ])
}

function rejectOn(signal: AbortSignal, message: string): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(new Error(message))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

async function audit(visit: Visit, port: number): Promise<PageFigures> {
  const { default: lighthouse, desktopConfig } = await import('lighthouse')
  const loadLimitMs = Math.max(visit.timeoutMs / 2, visit.timeoutMs - BESIDE_LOAD_MS)
  const flags = {
    port,
    output: 'json' as const,
    logLevel: 'silent' as const,
    onlyCategories: ['performance'],
    skipAudits: SKIPPED,
    disableFullPageScreenshot: true,
    maxWaitForFcp: Math.min(30_000, loadLimitMs),
    maxWaitForLoad: Math.min(45_000, loadLimitMs),
  }
  const done = await lighthouse(visit.url, flags, visit.preset === 'desktop' ? desktopConfig : undefined)
  return done === undefined ? noFigures('Lighthouse came to no result') : toFigures(done.lhr)
}

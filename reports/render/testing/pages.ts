import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildPage, type PageBundle } from '../bundle.ts'
import { launchBrowser } from './browser.ts'

/** Looks at a page; whatever goes wrong in it is in `complaints`, and there may be none at the end. */
type Look = (page: Page, complaints: readonly string[]) => Promise<void>

type HtmlOf = (bundle: PageBundle) => string

/** One browser and one bundle for the tests of a file. `ready` waits until there is something to look at. */
export function openPages(ready: (page: Page) => Promise<void>) {
  let browser: Browser
  let bundle: PageBundle
  let folder: string
  before(async () => {
    bundle = await buildPage()
    folder = await mkdtemp(join(tmpdir(), 'gauntlet-page-'))
    browser = await launchBrowser(process.env)
  })
  after(async () => {
    await browser?.close()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    /** Writes a page to a file of this name; its URL. */
    write: async (name: string, htmlOf: HtmlOf): Promise<string> => {
      const path = join(folder, name)
      await writeFile(path, htmlOf(bundle))
      return pathToFileURL(path).href
    },
    newPage: (): Promise<Page> => browser.newPage(),
    /** Opens a page as a reader does: from its file, without a network. */
    async withPage(htmlOf: HtmlOf, options: BrowserContextOptions, look: Look): Promise<void> {
      const url = await this.write('index.html', htmlOf)
      const context = await browser.newContext({ offline: true, ...options })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => {
        if (request.url() !== url) complaints.push(`asked for ${request.url()}`)
      })
      try {
        await page.goto(url)
        await ready(page)
        await look(page, complaints)
        assert.deepEqual(complaints, [])
      } finally {
        await context.close()
      }
    },
  }
}

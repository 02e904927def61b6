import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { Compile } from 'typebox/compile'
import { Comparison } from '../run/comparison.ts'
import { amount, bothSides, changeWords } from '../run/words/comparison-words.ts'
import { buildPage, type PageBundle } from './bundle.ts'
import { comparisonHtml } from './comparison-html.ts'
import { launchBrowser } from './testing/browser.ts'

const recorded: unknown = JSON.parse(
  readFileSync(new URL('../golden/comparison-regression/comparison.json', import.meta.url), 'utf8'),
)
const isComparison = Compile(Comparison)
assert.ok(isComparison.Check(recorded))
const comparison: Comparison = recorded

let browser: Browser
let bundle: PageBundle
let folder: string
before(async () => {
  bundle = await buildPage()
  folder = await mkdtemp(join(tmpdir(), 'gauntlet-comparison-'))
  browser = await launchBrowser(process.env)
})
after(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Opens the page as a reader does: from its file, without a network. */
async function withPage(
  shown: Comparison,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const url = pathToFileURL(join(folder, 'index.html')).href
  await writeFile(new URL(url), comparisonHtml(shown, bundle))
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
    await page.locator('.hero').waitFor()
    await look(page)
    assert.deepEqual(complaints, [])
  } finally {
    await context.close()
  }
}

const WIDE = { viewport: { width: 1280, height: 1000 } }
const PHONE = { viewport: { width: 390, height: 844 } }

test('the page of a comparison has its verdict with shape, exit code and run, and each figure with its limit', async () => {
  await withPage(comparison, WIDE, async (page) => {
    assert.equal(await page.title(), 'Regression · worker 1.0.0-dearer-0.05 · gauntlet')
    assert.equal(await page.locator('.hero b').textContent(), 'Regression')
    assert.equal(await page.locator('.hero .word svg.shape').count(), 1)
    assert.equal(await page.locator('.hero .chip').first().textContent(), 'exit 21')
    assert.equal(await page.locator('.top .mono').textContent(), comparison.run)
    assert.equal(
      await page.locator('.verdict svg.shape').count(),
      await page.locator('[data-figure]').count(),
    )
    for (const { name, figures } of comparison.objectives)
      for (const figure of figures) {
        const row = page.locator(`[data-objective="${name}"][data-figure="${figure.what}"]`)
        assert.equal(await row.locator('.value').textContent(), changeWords(figure))
        const limit = amount(figure.tolerance, figure.what)
        assert.equal(await row.locator('.cell-promised').textContent(), limit)
        assert.ok((await row.locator('.cell-evidence').textContent())?.startsWith(bothSides(figure)))
      }
  })
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`the page of a comparison follows a ${colorScheme} system until its button is pressed`, async () => {
    await withPage(comparison, { ...WIDE, colorScheme }, async (page) => {
      const theme = () => page.evaluate('document.documentElement.dataset.theme')
      assert.equal(await theme(), colorScheme)
      await page.locator('.top button').click()
      assert.notEqual(await theme(), colorScheme)
    })
  })

for (const width of [390, 900, 1024, 1280])
  test(`the page of a comparison does not scroll sideways at ${width} px`, async () => {
    await withPage(comparison, { viewport: { width, height: 844 } }, async (page) => {
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
    })
  })

test('on a phone each figure is a card that says its limit', async () => {
  await withPage(comparison, PHONE, async (page) => {
    assert.equal(await page.locator('.changes thead').isVisible(), false)
    const all = (selector: string, style: string): Promise<unknown> =>
      page.evaluate(`[...new Set([...document.querySelectorAll('${selector}')].map((one) => ${style}))]`)
    assert.deepEqual(await all('[data-figure]', 'getComputedStyle(one).display'), ['grid'])
    assert.deepEqual(await all('.cell-promised', "getComputedStyle(one, '::before').content"), [
      '"No regression up to "',
    ])
  })
})

test('what lies beyond the scale, on either side, is marked and stays clear of its mark', async () => {
  const [first] = comparison.objectives
  assert.ok(first !== undefined)
  const [figure] = first.figures
  assert.ok(figure !== undefined)
  const spread = { ...figure, change: 0, low: -9, high: 9, byPair: [-9, 0, 9] }
  const shown = { ...comparison, objectives: [{ ...first, figures: [spread] }] }
  await withPage(shown, PHONE, async (page) => {
    for (const strip of ['.bar', '.pair-dots'])
      assert.deepEqual(await page.locator(`${strip} .beyond`).allTextContents(), ['‹', '›'], strip)
    const [left, right] = await page.locator('.bar .beyond').all()
    const [interval, before, behind] = await Promise.all(
      [page.locator('.interval'), left!, right!].map((one) => one.boundingBox()),
    )
    assert.ok(interval && before && behind)
    assert.ok(before.x + before.width <= interval.x && interval.x + interval.width <= behind.x)
  })
  const near = { ...figure, change: 0, low: -0.01, high: 0.01, byPair: [0] }
  await withPage({ ...shown, objectives: [{ ...first, figures: [near] }] }, PHONE, async (page) => {
    assert.equal(await page.locator('.beyond').count(), 0)
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Comparison } from '../run/comparison.ts'
import { amount, bothSides, changeWords } from '../run/words/comparison-words.ts'
import { comparisonHtml } from './comparison-html.ts'
import { REGRESSION } from './testing/comparison.ts'
import { openPages } from './testing/pages.ts'

const comparison = REGRESSION
const pages = openPages((page) => page.locator('.hero').waitFor())

const withPage = (shown: Comparison, options: BrowserContextOptions, look: (page: Page) => Promise<void>) =>
  pages.withPage((bundle) => comparisonHtml(shown, bundle), options, look)

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

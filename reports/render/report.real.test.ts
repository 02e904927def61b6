import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { figureWords } from '../run/words/verdict-words.ts'
import { capital, moment, plainText } from '../run/words/words.ts'
import { toHtml } from './html.ts'
import { toJunit } from './junit.ts'
import { toPageData } from './page-data.ts'
import { HOSTILE, withHostileNames } from './testing/hostile.ts'
import { type Example, exampleRun, STATES } from './testing/index.ts'
import { openPages } from './testing/pages.ts'

const pages = openPages((page) => page.locator('canvas').nth(2).waitFor())

const withReport = (
  { record, verdict }: Example,
  options: BrowserContextOptions,
  look: (page: Page, complaints: readonly string[]) => Promise<void>,
) => pages.withPage((bundle) => toHtml(toPageData(record, verdict), bundle), options, look)

const WIDE = { viewport: { width: 1600, height: 1000 } }

for (const state of STATES) {
  test(`the report of a run that is ${state} shows each figure of its verdict`, async () => {
    const example = exampleRun(state)
    const { verdict } = example
    await withReport(example, WIDE, async (page) => {
      assert.equal(await page.locator('.hero b').textContent(), capital(verdict.verdict))
      assert.equal(await page.locator('.hero .chip').first().textContent(), `exit ${verdict.exitCode}`)
      assert.equal(await page.locator('.hero .why').textContent(), verdict.why)
      assert.equal(await page.locator('[data-objective]').count(), verdict.objectives.length)
      for (const objective of verdict.objectives) {
        const row = page.locator(`[data-objective="${objective.name}"]`)
        for (const key of ['verdict', 'value', 'low', 'high', 'events', 'bad', 'limit'] as const)
          assert.equal(await row.getAttribute(`data-${key}`), String(objective[key]), objective.name)
        assert.equal(await row.locator('.value').textContent(), figureWords(objective, verdict))
      }
    })
  })

  for (const width of [390, 1024])
    test(`the report of a run that is ${state} does not scroll sideways at ${width} px`, async () => {
      await withReport(exampleRun(state), { viewport: { width, height: 844 } }, async (page) => {
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      })
    })
}

const PHONE = { viewport: { width: 390, height: 844 } }

test('on a phone the state of every check stands in the picture, and no short word is broken', async () => {
  await withReport(exampleRun('invalid'), PHONE, async (page) => {
    const rights = await page
      .locator('[data-check] .cell-state > *')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right))
    assert.equal(rights.length, await page.locator('[data-check]').count())
    for (const right of rights) assert.ok(right > 0 && right <= 390, `a state ends at ${right} px`)
    const lines = await page.locator('[data-fault] tbody td:first-child').evaluateAll((cells) =>
      cells.map((cell) => {
        const words = cell.ownerDocument.createRange()
        words.selectNodeContents(cell)
        return words.getClientRects().length
      }),
    )
    assert.deepEqual(lines, [1, 1, 1])
  })
})

/** On how many lines each of these stands. */
const linesOf = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) =>
    all.map((one) => {
      const words = one.ownerDocument.createRange()
      words.selectNodeContents(one)
      return new Set([...words.getClientRects()].map(({ bottom }) => Math.round(bottom))).size
    }),
  )

test('on a phone every figure of a phase stands in the picture, and no figure is parted from its unit', async () => {
  await withReport(exampleRun('violated'), PHONE, async (page) => {
    await page.getByText('Each phase as numbers').click()
    const cells = page.locator('[data-phase-row] td')
    assert.equal(
      await cells.count(),
      7 * toPageData(exampleRun('violated').record, exampleRun('violated').verdict).phases.length,
    )
    for (const cell of await cells.all()) {
      const box = await cell.boundingBox()
      assert.ok(box && box.width > 0 && box.x + box.width <= 390)
    }
    const whole = page.locator('.note .nowrap', { hasText: /^5 %$/ })
    assert.equal(await whole.count(), 3)
    assert.ok((await linesOf(page, '.note .nowrap, .hero .nowrap')).every((lines) => lines === 1))
  })
})

test('what an objective spends is no data without events, and its burn rate needs no window', async () => {
  const { record, verdict } = exampleRun('met')
  const seen = { designEffect: 1, batchSeconds: 1, batches: 40, clusters: 3, refusal: '' }
  const independence = { ...seen, holdsUpTo: { events: 20.9, outageMs: 135 } }
  const objectives = verdict.objectives.map((one) => {
    if (one.name === 'search-latency') return { ...one, independence }
    if (one.name !== 'availability') return one
    const unseen = { ...one, value: null, low: null, high: null, events: 0, bad: 0 }
    const badRatio = { allowed: 0.001, value: null, low: null, high: null }
    return { ...unseen, badRatio, budget: { windowMs: 28 * 86_400_000, burnRate: null, spentRatio: null } }
  })
  await withReport({ record, verdict: { ...verdict, objectives } }, WIDE, async (page) => {
    await page.getByText('How much the evidence weighs').click()
    const rowOf = (name: string) =>
      page
        .getByLabel('Weight of the evidence')
        .locator('tr', { hasText: name })
        .locator('td')
        .allTextContents()
    assert.deepEqual(await rowOf('search-latency'), [
      'search-latency',
      '6,200 of 6,200',
      '40 of 1 s',
      '20 together, 135 ms',
      '0.100 ×',
      'no window',
    ])
    assert.deepEqual(await rowOf('availability'), [
      'availability',
      'no data',
      'none',
      'no data',
      'no data',
      'no data',
    ])
  })
})

test('an instrument of which nothing was measured has no finding, and it says that it looked at nothing', async () => {
  const { record, verdict } = exampleRun('interrupted')
  const plan = { ...record.plan, experiments: [] }
  const unseen = { record: { ...record, plan, instrument: null }, verdict: { ...verdict, faults: [] } }
  await withReport(unseen, WIDE, async (page) => {
    assert.match((await page.locator('#instrument header').textContent()) ?? '', /figures\? Not measured\.$/)
  })
})

test('a link to evidence is high enough for a finger, also where two stand below each other', async () => {
  await withReport(exampleRun('met'), PHONE, async (page) => {
    for (const link of await page.locator('.cell-evidence a').all())
      assert.ok(((await link.boundingBox())?.height ?? 0) >= 24)
  })
})

for (const options of [PHONE, { viewport: { width: 1024, height: 844 } }])
  test(`a bar beyond the scale stays clear of its mark at ${options.viewport.width} px`, async () => {
    const { record, verdict } = exampleRun('violated')
    const far = { low: 4000, value: 4000, high: null }
    const objectives = verdict.objectives.map((one) => (one.unit === 'ms' ? { ...one, ...far } : one))
    await withReport({ record, verdict: { ...verdict, objectives } }, options, async (page) => {
      const beyond = page.locator('.bar:has(.beyond)')
      assert.equal(await beyond.count(), objectives.filter(({ unit }) => unit === 'ms').length)
      for (const bar of await beyond.all()) {
        const interval = await bar.locator('.interval').boundingBox()
        const mark = await bar.locator('.beyond').boundingBox()
        assert.ok(interval && mark && interval.x + interval.width <= mark.x)
      }
    })
  })

test('a finding is told in full below the first objective that it spoils, and only there', async () => {
  const example = exampleRun('invalid')
  await withReport(example, WIDE, async (page) => {
    const told = page.locator('.note', { hasText: 'The sample stream has a gap of 2 s' })
    assert.equal(await told.count(), 1)
    const [first] = await page.locator('[data-objective][data-verdict=inconclusive] + .note').all()
    assert.match((await first?.textContent()) ?? '', /gap of 2 s, from 0:38 to 0:40\. To do: /)
  })
})

test('a fault that was never seen to act was aimed at something, and nothing of it is gone', async () => {
  await withReport(exampleRun('invalid'), WIDE, async (page) => {
    const said = (await page.locator('[data-fault]').textContent()) ?? ''
    assert.match(
      said,
      /unproven, normal after it.*Aimed atorder-worker-1.*Undone1:25\.0, normal after itEffect/,
    )
    assert.doesNotMatch(said, /Hit|proven gone|no residue/)
  })
})

test('evidence of which no line was recorded is named without a link', async () => {
  await withReport(exampleRun('crashed'), WIDE, async (page) => {
    assert.equal(await page.locator('a[href="../evidence/audits.ndjson"]').count(), 0)
    assert.match((await page.locator('.cell-evidence').allTextContents()).join(), /nothing in audits\.ndjson/)
    assert.ok((await page.locator('a[href="../evidence/load.ndjson"]').count()) > 0)
  })
})

test('a run that crashed says how much of a phase there was, and that nothing was found before the crash', async () => {
  await withReport(exampleRun('crashed'), WIDE, async (page) => {
    await page.getByText('Each phase as numbers').click()
    assert.match((await page.locator('[data-phase-row="worker-lost"]').textContent()) ?? '', /18 s of 30 s/)
    assert.match(
      (await page.locator('#instrument header').textContent()) ?? '',
      /No finding before the crash\./,
    )
  })
})

test('the edges of the fault band stand at the times of the journal, in the lane and in the panels', async () => {
  const example = exampleRun('met')
  const at = (kind: string) => {
    const entries = example.record.journal
    const zero = entries.find((entry) => entry.kind === 'second-zero')?.atUs ?? 0
    return ((entries.find((entry) => entry.kind === kind)?.atUs ?? 0) - zero) / 1000
  }
  await withReport(example, WIDE, async (page) => {
    const band = page.locator('[data-band="kill-order-worker"]')
    assert.equal(Number(await band.getAttribute('data-from-ms')), at('fault-injected'))
    assert.equal(Number(await band.getAttribute('data-to-ms')), at('fault-undone'))
    const marks = page.locator('[data-mark]')
    assert.deepEqual(
      await marks.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-at-ms')))),
      ['fault-injected', 'fault-confirmed', 'fault-undone', 'fault-normal'].map(at),
    )
    assert.match((await page.locator('.keys').textContent()) ?? '', new RegExp(moment(at('fault-normal'))))
    for (const edge of ['data-from-px', 'data-to-px']) {
      const px = Math.round(Number(await band.getAttribute(edge)))
      const beside = edge === 'data-from-px' ? px - 5 : px + 5
      for (const panel of [0, 1, 2]) {
        assert.equal(await isBlank(page, panel, px), false, `no edge at ${px} px in panel ${panel}`)
        assert.equal(await isBlank(page, panel, beside), true, `something at ${beside} px in panel ${panel}`)
      }
    }
  })
})

/** Whether nothing is drawn in the topmost rows of a panel's canvas at this place, where only bands reach. */
function isBlank(page: Page, panel: number, px: number): Promise<boolean> {
  return page.evaluate(`(() => {
    const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    copy.drawImage(document.querySelectorAll('canvas')[${panel}], ${1 - px}, -1)
    return copy.getImageData(0, 0, 3, 1).data.every((channel) => channel === 0)
  })()`)
}

test('names from outside are shown as text and run nothing', async () => {
  await withReport(withHostileNames(exampleRun('violated')), WIDE, async (page) => {
    assert.equal(await page.evaluate('globalThis.hacked'), undefined)
    assert.equal(await page.locator('img').count(), 0)
    for (const place of ['h1 span', '.hero .why', '.note code', '.card header .muted', '.card .plain td'])
      assert.equal(await page.locator(place).first().textContent(), plainText(HOSTILE), place)
  })
  await withReport(withHostileNames(exampleRun('violated')), PHONE, async (page) => {
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
  })
})

test('the JUnit file is well-formed XML whatever names hold', async () => {
  const { record, verdict } = withHostileNames(exampleRun('violated'))
  const page = await pages.newPage()
  const read = (xml: string) =>
    page.evaluate(`(() => {
      const read = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml')
      return [...read.querySelectorAll('parsererror, testcase')].map(({ nodeName }) => nodeName)
    })()`)
  assert.deepEqual(
    await read(toJunit(record, verdict)),
    Array(verdict.objectives.length + 1).fill('testcase'),
  )
  assert.ok(String(await read('<a>&</a>')).includes('parsererror'), 'the parser refuses what is not XML')
  await page.close()
})

test('a script that a name smuggled in would be refused by the policy of the page', async () => {
  const example = exampleRun('met')
  const url = await pages.write('smuggled.html', (bundle) =>
    toHtml(toPageData(example.record, example.verdict), bundle).replace(
      '<div id="root">',
      '<script>globalThis.hacked=1</script><div id="root">',
    ),
  )
  const page = await pages.newPage()
  await page.goto(url)
  await page.locator('canvas').first().waitFor()
  assert.equal(await page.evaluate('globalThis.hacked'), undefined)
  await page.close()
})

test('the theme is the system’s until the button is pressed, and paper is light', async () => {
  const dark = 'rgb(15, 20, 25)'
  const light = 'rgb(255, 255, 255)'
  const background = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor')
  await withReport(exampleRun('invalid'), { ...WIDE, colorScheme: 'dark' }, async (page) => {
    assert.equal(await background(page), dark)
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    assert.equal(await background(page), light)
    assert.equal(await page.locator('details:not([open])').count(), 0)
    await page.evaluate('dispatchEvent(new Event("afterprint"))')
    assert.equal(await background(page), dark)
    await page.getByRole('button', { name: 'Use the light theme' }).click()
    assert.equal(await background(page), light)
  })
  await withReport(exampleRun('invalid'), { ...WIDE, colorScheme: 'light' }, async (page) => {
    assert.equal(await background(page), light)
  })
})

test('on paper nothing is cut at the right', async () => {
  const a4 = { viewport: { width: Math.floor(((210 - 2 * 14) / 25.4) * 96), height: 1000 } }
  await withReport(exampleRun('invalid'), a4, async (page) => {
    await page.emulateMedia({ media: 'print' })
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), a4.viewport.width)
  })
})

test('arrow keys read one second after the other, a second without data included', async () => {
  const example = exampleRun('invalid')
  const { timeline } = toPageData(example.record, example.verdict)
  await withReport(example, WIDE, async (page) => {
    const chart = page.getByRole('slider')
    await chart.focus()
    await page.keyboard.press('Home')
    for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.press('PageDown')
    const said = async () => (await chart.getAttribute('aria-valuetext')) ?? ''
    const p95 = Math.round(timeline.p95Ms[30] ?? 0)
    await chart.and(page.locator(`[aria-valuenow="30"]`)).waitFor()
    assert.match(await said(), new RegExp(`^0:30 baseline, rate 150/s, .*p95 ${p95} ms`))
    for (let pressed = 0; pressed < 8; pressed++) await page.keyboard.press('ArrowRight')
    await chart.and(page.locator(`[aria-valuenow="38"]`)).waitFor()
    assert.equal(await said(), '0:38 baseline, no data')
  })
})

test('what a run never reached is dashed and named, never left blank', async () => {
  await withReport(exampleRun('crashed'), WIDE, async (page) => {
    assert.equal(await page.locator('[data-phase="pages"]').getAttribute('data-reached'), 'false')
    await page.getByText('Each phase as numbers').click()
    assert.match((await page.locator('[data-phase-row="pages"]').textContent()) ?? '', /not reached/)
    assert.match((await page.locator('.keys').textContent()) ?? '', /no data: the record ends at 1:12\.0/)
    const blank = await page
      .locator('td')
      .evaluateAll(
        (cells) => cells.filter((cell) => cell.textContent === '' && cell.children.length === 0).length,
      )
    const spacers = await page.locator('.note > td:first-child').count()
    const meters = await page.locator('#instrument tbody tr').count()
    assert.ok(blank <= spacers + meters, `${blank} blank cells`)
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { Comparison } from '../run/comparison.ts'
import { comparisonText, worseFirst } from './comparison.ts'
import { comparisonHtml } from './comparison-html.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { HOSTILE } from './testing/hostile.ts'

const recorded: unknown = JSON.parse(
  readFileSync(new URL('../golden/comparison-regression/comparison.json', import.meta.url), 'utf8'),
)
const isComparison = Compile(Comparison)
assert.ok(isComparison.Check(recorded))
const comparison: Comparison = recorded

const side = { given: HOSTILE, name: 'shop', version: HOSTILE, processes: [HOSTILE] }
const hostile: Comparison = {
  ...comparison,
  why: HOSTILE,
  base: side,
  head: side,
  leftOut: [HOSTILE],
  findings: [{ kind: 'target-changed', why: HOSTILE, hint: HOSTILE }],
  objectives: comparison.objectives.map((one) => ({
    ...one,
    title: HOSTILE,
    promised: HOSTILE,
    figures: one.figures.map((figure) => ({ ...figure, why: HOSTILE })),
  })),
}

test('nothing that a target calls itself reaches the terminal as it is, nor a line of more than 80 columns', () => {
  const text = comparisonText(hostile, { colour: false, report: 'report' })
  assert.ok(!text.includes('\u001b'))
  for (const line of comparisonText(comparison, { colour: false }).split('\n'))
    assert.ok(line.length <= 80, line)
})

test('the page runs no program and loads nothing, whatever a target calls itself', () => {
  const page = comparisonHtml(hostile)
  assert.ok(!/<(script|img|link|iframe)/i.test(page))
  assert.ok(!page.includes('\u001b') && !page.includes('\u202e'))
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/)
})

test('in the summary for a pull request no name breaks the table or calls a person', () => {
  const summary = comparisonMarkdown(hostile)
  assert.ok(!/[^\\]<|@all/.test(summary))
  const rows = summary.split('\n').filter((line) => line.startsWith('|'))
  assert.equal(rows.length, 2 + comparison.objectives.flatMap(({ figures }) => figures).length)
  for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 7, row)
})

test('what is worse stands first, and what is only advisory last', () => {
  const [first] = comparison.objectives
  assert.ok(first !== undefined)
  const named = (name: string, verdict: typeof first.verdict, advisory = false) => ({
    ...first,
    name,
    verdict,
    advisory,
  })
  const order = worseFirst([
    named('fine', 'no-regression'),
    named('hint', 'regression', true),
    named('open', 'inconclusive'),
    named('bad', 'regression'),
  ])
  assert.deepEqual(
    order.map(({ name }) => name),
    ['bad', 'open', 'fine', 'hint'],
  )
})

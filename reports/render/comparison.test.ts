import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Comparison } from '../run/comparison.ts'
import { amount, changeWords, FIGURE_WORDS } from '../run/words/comparison-words.ts'
import { comparisonText, worseFirst } from './comparison.ts'
import { comparisonHtml, toComparisonPage } from './comparison-html.ts'
import { comparisonJunit } from './comparison-junit.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { REGRESSION } from './testing/comparison.ts'
import { HOSTILE } from './testing/hostile.ts'

const comparison = REGRESSION

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

test('the figures of both sides stand below the words that tell whose they are', () => {
  const lines = comparisonText(comparison, { colour: false }).split('\n')
  const head = lines.find((line) => line.endsWith('base, head')) ?? ''
  const { what } = comparison.objectives[0]!.figures[0]!
  const row = lines.find((line) => line.includes(FIGURE_WORDS[what]) && line !== head) ?? ''
  assert.match(head, /change \(interval\) +base, head$/)
  assert.match(row.slice(head.indexOf('base, head')), /^[\d.,]+ \S+, [\d.,]+ \S+$/)
})

test('the page runs our own program alone and loads nothing, whatever a target calls itself', () => {
  const page = comparisonHtml(hostile, { script: 'run()', style: 'a{}' })
  const hash = createHash('sha256').update('run()').digest('base64')
  assert.ok(page.includes(`default-src 'none'; script-src 'sha256-${hash}'; style-src 'sha256-`))
  assert.equal(page.match(/<script/g)?.length, 2)
  assert.ok(!/<(img|link|iframe)/i.test(page))
  assert.ok(!page.includes('\u001b') && !page.includes('\u202e'))
})

test('a share changes by points, one of them is a point, and no dash stands beside a minus', () => {
  assert.deepEqual(
    [0.01, 0.025, -0.0012].map((change) => amount(change, 'share')),
    ['1 point', '2.5 points', '−0.12 points'],
  )
  const figure = { ...comparison.objectives[0]!.figures[0]!, what: 'share', change: 0.01 } as const
  assert.equal(changeWords({ ...figure, low: 0.002, high: 0.03 }), '+1 pt (0.2–3)')
  assert.equal(changeWords({ ...figure, low: -0.002, high: 0.03 }), '+1 pt (−0.2 to 3)')
})

test('the page says when it was, and the command that does it again with the names a shell takes as they are', () => {
  const { summary, reproduce } = toComparisonPage(hostile)
  assert.deepEqual(summary.at(-1), ['Run', '21 Nov 2026, 11:53 UTC'])
  const { run: command } = toComparisonPage(comparison).reproduce
  assert.equal(command, 'npx gauntlet compare . dearer --plan work --pairs 30 --block 400ms --seed 1')
  assert.ok(reproduce.run.startsWith("npx gauntlet compare '</script>"))
})

test('in the summary for a pull request no name breaks the table or calls a person', () => {
  const summary = comparisonMarkdown(hostile)
  assert.ok(!/[^\\]<|@all/.test(summary))
  const rows = summary.split('\n').filter((line) => line.startsWith('|'))
  assert.equal(rows.length, 2 + comparison.objectives.flatMap(({ figures }) => figures).length)
  for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 8, row)
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

test('in JUnit a regression is a failure, what is open an error and advice neither', () => {
  const count = (shown: Comparison): string => {
    const xml = comparisonJunit(shown)
    const many = (tag: string): number => xml.match(new RegExp(`<${tag} `, 'g'))?.length ?? 0
    assert.ok(xml.includes(`failures="${many('failure')}" errors="${many('error')}" skipped="0"`))
    return `${many('testcase')} cases, ${many('failure')} failures, ${many('error')} errors`
  }
  assert.equal(count(comparison), '4 cases, 1 failures, 1 errors')
  assert.equal(count({ ...comparison, verdict: 'invalid', exitCode: 23 }), '4 cases, 1 failures, 2 errors')
  const objectives = comparison.objectives.map((one) => ({ ...one, advisory: true }))
  assert.equal(count({ ...comparison, objectives, exitCode: 0 }), '4 cases, 0 failures, 0 errors')
})

test('JUnit says when it was, how far each figure was from its limit, and holds what XML cannot', () => {
  assert.match(comparisonJunit(comparison), /time="25\.6" timestamp="2026-11-21T11:53:53\.000Z"/)
  assert.match(
    comparisonJunit(comparison),
    /<failure type="regression" message="CPU a request \+4\.67 % \(4\.25–5\.35\), no regression up to 2 %">/,
  )
  assert.doesNotMatch(comparisonJunit(hostile), /[^\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  assert.doesNotMatch(comparisonJunit(hostile), /<img/)
})

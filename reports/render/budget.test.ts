import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { BudgetReport, type ObjectiveBudget } from '../run/index.ts'
import { budgetText } from './budget.ts'
import { bar, lastsWords, shareWords } from './budget-words.ts'
import { HOSTILE } from './testing/hostile.ts'

function example(): BudgetReport {
  const value: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/budget.json'), 'utf8'))
  assert.ok(Compile(BudgetReport).Check(value))
  return value
}

const NOTHING = { value: null, low: null, high: null }

const WORN: ObjectiveBudget = {
  ...{ name: 'api-availability', title: 'API availability', promised: '99.9 %', noun: 'requests' },
  ...{ windowMs: 28 * 86_400_000, targetRatio: 0.999, answer: 'inconclusive' },
  why: ['What kill-order-worker costs is not known: it was not over when its run ended.'],
  steady: {
    ...{ events: 5550, bad: 1, badRatio: { value: 0.00018, low: 0, high: 0.001 } },
    spentRatio: { value: 0.18, low: 0.0046, high: 1.004 },
  },
  faults: [
    {
      ...{
        experiment: 'kill-order-worker',
        perMonth: 30 / 7,
        why: 'Processes crash.',
        incidents: 3,
        open: 1,
      },
      ...{ longestMs: 13_980, costRatio: { value: 0.0298, low: 0.01, high: 0.0744 } },
      ...{ spentRatio: { value: 0.119, low: 0.04, high: 0.298 }, breaksPerMonth: 29.5 },
    },
  ],
  ...{ spentRatio: { value: 0.299, low: 0.0446, high: 1.302 }, biggest: 'steady burn' },
  goodRatio: { value: 0.999701, low: 0.998698, high: 0.999955 },
  ...{ medianSpentRatio: 0.2988, p95SpentRatio: 0.388, lastsRatio: 0.9998 },
}

/** A fault of its plan was never drilled. */
const UNDRILLED: ObjectiveBudget = {
  ...WORN,
  why: ['No incident of dark-region was measured.'],
  faults: [
    ...WORN.faults.map((fault) => ({ ...fault, breaksPerMonth: null })),
    {
      ...{ experiment: 'dark-region', perMonth: 30 / 365, why: 'Regions fail.', incidents: 0, open: 0 },
      ...{ longestMs: null, costRatio: NOTHING, spentRatio: NOTHING, breaksPerMonth: null },
    },
  ],
  ...{ spentRatio: { value: null, low: 0.0446, high: null }, biggest: null },
  goodRatio: { value: null, low: null, high: 0.999955 },
  ...{ medianSpentRatio: null, p95SpentRatio: null, lastsRatio: null },
}

test('one objective is told with its answer, its parts as bars, and what would use its budget up', () => {
  const report: BudgetReport = { ...example(), objectives: [WORN], notDrilled: ['slow-disk'] }
  assert.equal(
    budgetText(report).split('\n\n').slice(1, -1).join('\n\n'),
    `  objective           promised         average at most  median    95 %   lasts
  api-availability    99.9 %            29.9 %   130 %  29.9 %  38.8 % 99.98 %

  95 %: so many windows spend no more. lasts: the share of windows that keep to
  their budget.

  api-availability, over 28 d: inconclusive
    What kill-order-worker costs is not known: it was not over when its run
    ended.
    99.970 % (99.870-99.996) of requests good in an average window; promised
    99.9 %.
    Most of it goes to: steady burn.
    steady burn         [####---------------->     18 %  at most >100 %
                        1 of 5,550 requests bad without a fault
    kill-order-worker   [###---              ]   11.9 %  at most 29.8 %
                        4 in 28 d, 2.98 % each
                        3 drills, the longest 14 s, 1 drill not over when the
                        run ended
                        would use the budget up at 29.5 in 30 d, assumed 4.29`,
  )
})

test('where a fault was never measured its average, its windows and its share of good events are no data', () => {
  const text = budgetText({ ...example(), objectives: [UNDRILLED] })
  assert.match(text, /^ {2}api-availability {4}99\.9 %( +no data){5}$/m)
  assert.match(text, /^ {4}dark-region {9}\[ {20}\] {2}no data\n {24}0\.0767 in 28 d, no incident measured$/m)
  assert.doesNotMatch(text, /of requests good|would use the budget up|Most of it/)
})

test('how often each fault is assumed to happen, and why, stands at the end, and what was not counted', () => {
  const foot = budgetText({ ...example(), objectives: [WORN], notDrilled: ['slow-disk'] })
    .split('\n\n')
    .at(-1)
  assert.match(foot ?? '', /rate {8}kill-order-worker, 4\.29 in 30 d: Processes crash\./)
  assert.match(foot ?? '', /left out {4}orders-not-lost: One bad member breaks it/)
  assert.match(foot ?? '', /not counted slow-disk: in no plan of these runs/)
})

test('it is said that the run judges a ratio while the promise is made over weeks', () =>
  assert.match(
    budgetText(example()).replaceAll('\n', ' '),
    /A run judges the ratio of bad events; the promise is/,
  ))

test('no line is wider than 80 columns or holds anything but ASCII, whatever the names are like', () => {
  const long = 'a'.repeat(40)
  const hostile: ObjectiveBudget = {
    ...WORN,
    ...{ name: long, promised: HOSTILE, noun: HOSTILE, why: [HOSTILE], biggest: HOSTILE },
    faults: WORN.faults.map((fault) => ({ ...fault, experiment: long, why: HOSTILE, perMonth: 43_200 })),
    spentRatio: { value: 50_000, low: 1, high: 1e9 },
  }
  const report = { ...example(), objectives: [hostile], notDrilled: [HOSTILE, long] }
  for (const text of [budgetText(report), budgetText(example())])
    for (const line of text.split('\n')) assert.match(line, /^[\x20-\x7e]{0,80}$/)
})

test('what is little is not nothing, and what is just above the budget is not all of it', () => {
  const little = [0, 1e-7, 0.00012345, 0.0041].map(shareWords)
  assert.deepEqual(little, ['0 %', '<0.01 %', '0.012 %', '0.41 %'])
  const much = [0.9996, 1, 1.0001, 1.302, 24.5, 1e6].map(shareWords)
  assert.deepEqual(much, ['<100 %', '100 %', '>100 %', '130 %', '24.5 x', '>999 x'])
})

test('a budget that fails in one window of 10,000 does not last in all', () => {
  assert.deepEqual([1, 0.9999, 0.99996, 0].map(lastsWords), ['100 %', '99.99 %', '99.99 %', '0 %'])
})

test('a bar is as long as what is spent, its bound in dashes, and open when that is more than the budget', () => {
  assert.equal(bar(0.5, 0.75), `[${'#'.repeat(10)}-----     ]`)
  assert.equal(bar(0.001, 0.001), `[#${' '.repeat(19)}]`)
  assert.equal(bar(0, 40), `[${'-'.repeat(20)}>`)
  assert.equal(bar(null, null), `[${' '.repeat(20)}]`)
})

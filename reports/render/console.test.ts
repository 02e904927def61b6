import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { consoleText } from './console.ts'
import { toMarkdown } from './markdown.ts'
import { withHostileNames } from './testing/hostile.ts'
import { type Example, exampleRun, STATES } from './testing/index.ts'

const report = '.gauntlet/runs/20261121-014530-k3f9/report/index.html'
const plain = ({ record, verdict }: Example) => consoleText(record, verdict, { colour: false, report })

test('a violated run says the broken ones first, each with its why and its lost ids', () => {
  assert.equal(
    plain(exampleRun('violated')),
    `Violated   exit 21
Search p95 was 341 ms (329-354), over 300 ms; 2 more objectives violated.

  violated      search-latency    341 ms (329-354)         p95 < 300 ms
                11.2 % of requests took longer than 300 ms; 5 % may.
  violated      gateway-latency   226 ms (219-234)         p95 < 200 ms
                7.60 % of requests took longer than 200 ms; 5 % may.
  violated      orders-not-lost   3 of 1,051               0 of all
                3 of 1,051 orders were lost.
                ord-01j8k2f6  accepted 1:04.2, not stored after 60 s
                ord-01j8k2fd  accepted 1:04.2, not stored after 60 s
                ord-01j8k2h0  accepted 1:04.2, not stored after 60 s
  met           availability      99.993 % (99.961-99.999) 99.9 %
  met           orders-done       29.4 s (28.7-31.0)       p99 < 60 s
  met           home-page         0.98 s (0.91-1.12)       median LCP < 1.5 s
  violated      coupon-latency    104 ms (101-107)         < 100 ms, advisory
                6.61 % of requests took longer than 100 ms; 5 % may.

  fault         kill-order-worker confirmed, proven gone, no residue
                gone 1.2 s after the undo
  instrument    sound

  report        .gauntlet/runs/20261121-014530-k3f9/report/index.html`,
  )
})

test('a name of twenty letters is shown whole where figures and promises leave room', () => {
  const { record, verdict } = exampleRun('met')
  const [first, second] = verdict.objectives.filter((one) => one.verdict === 'met')
  const rows = (name: string, promised: string): string[] => {
    const objectives = [{ ...first!, name, promised }, second!]
    return plain({ record, verdict: { ...verdict, objectives } })
      .split('\n')
      .filter((line) => line.startsWith('  met  '))
  }
  assert.deepEqual(
    rows('a-name-of-20-letters', '0 of all')
      .map((line) => line.slice(16, 37).trimEnd())
      .toSorted(),
    ['a-name-of-20-letters', second!.name],
  )
  for (const line of rows('a-name-of-20-letters', 'median LCP < 1.5 s, or so')) assert.ok(line.length <= 80)
})

for (const state of STATES)
  for (const [names, example] of [
    ['', exampleRun(state)],
    [' with hostile names', withHostileNames(exampleRun(state))],
  ] as const)
    test(`a run that is ${state}${names} fits 80 columns of ASCII`, () => {
      for (const line of plain(example).split('\n')) assert.match(line, /^[ -~]{0,80}$/)
    })

test('spoilt evidence is shown, not judged, and the finding says what to do', () => {
  const text = plain(exampleRun('invalid'))
  assert.match(text, /inconclusive {2}search-latency {4}182 ms, not judged/)
  assert.match(text, /tainted {7}The sample stream has a gap of 2 s/)
  assert.match(text, /hint {10}stop other work on this machine/)
})

test('an undecided objective says how long would decide it', () => {
  assert.match(plain(exampleRun('inconclusive')), /About 4 min 20 s of baseline and recovery would decide it/)
})

test('a crashed run says so beside its verdict, and no data in words', () => {
  const text = plain(exampleRun('crashed'))
  assert.match(text, /^Inconclusive {3}exit 20 {3}crashed\n/)
  assert.match(text, /orders-done {7}no data/)
  assert.match(text, /proven gone by the guardian,\n {16}residue not scanned/)
})

test('colour repeats the verdict words and changes no other character', () => {
  const { record, verdict } = exampleRun('violated')
  const coloured = consoleText(record, verdict, { colour: true, report })
  assert.ok(coloured.startsWith('\u001b[1;31mViolated\u001b[0m   exit 21'))
  assert.equal(stripVTControlCharacters(coloured), plain({ record, verdict }))
})

test('the alert of an experiment is told below its fault', () => {
  const { record, verdict } = exampleRun('met')
  const why = 'the alert on availability (burn rate 14.4 over 5 min and 25 s) fired 6 s after the injection'
  const alert = { objective: 'availability', state: 'fired', firedMs: 6000, why } as const
  const faults = verdict.faults.map((one) => ({ ...one, alert }))
  const said = plain({ record, verdict: { ...verdict, faults } })
  assert.match(said.replace(/\s+/g, ' '), new RegExp(`${why.replace(/[()]/g, '\\$&')}`))
})

test('a run that promises nothing has no table of promises, and no gap in its place', () => {
  const { record, verdict } = exampleRun('met')
  const none = { record, verdict: { ...verdict, objectives: [] } }
  assert.doesNotMatch(plain(none), /\n\n\n/)
  assert.doesNotMatch(toMarkdown(none.record, none.verdict), /\| verdict/)
})

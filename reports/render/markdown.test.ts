import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMarkdown } from './markdown.ts'
import { withHostileNames } from './testing/hostile.ts'
import { type Example, exampleRun } from './testing/index.ts'

const markdown = ({ record, verdict }: Example) => toMarkdown(record, verdict)

test('the summary begins with the verdict, why, and a table with the broken ones first', () => {
  const lines = markdown(exampleRun('violated')).split('\n')
  assert.equal(lines[0], '## Violated: verify (exit 21)')
  assert.equal(lines[2], 'Search p95 was 341 ms (329–354), over 300 ms; 2 more objectives violated.')
  assert.equal(lines[6], '| **violated** | search-latency | 341 ms (329–354) | p95 &#60; 300 ms |')
  assert.equal(lines.filter((line) => line.startsWith('| **')).length, 6)
  assert.equal(lines.filter((line) => line.startsWith('| violated, advisory')).length, 1)
})

test('it names the faults, the state of the instrument and how to do it again', () => {
  const text = markdown(exampleRun('invalid'))
  assert.match(text, /Faults \(no residue\):\n- kill-order-worker: unproven, normal after it/)
  assert.match(text, /Instrument: tainted\n- The sample stream has a gap of 2 s/)
  assert.match(text, /`npx gauntlet judge 20261121-014530-k3f9`/)
})

test('a name cannot make a tag, a mention, a new cell or a new line', () => {
  const text = markdown(withHostileNames(exampleRun('violated')))
  const outsideCode = text.replaceAll(/(`+)[^\n]*?\1/g, '')
  assert.doesNotMatch(outsideCode, /<img|<\/script|@\w|(?<!&)#\w|:\/\/\w|www\.\w/)
  assert.match(outsideCode, /@\u200ball/)
  assert.ok(!text.includes('\u001b') && !text.includes('\u202e'))
  for (const row of text.split('\n').filter((line) => line.startsWith('| ')))
    assert.equal(row.replaceAll('\\|', '').split('|').length, 6, row)
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { toHtml } from './html.ts'
import { resultDocument } from './json.ts'
import { toPageData } from './page-data.ts'
import { withHostileNames } from './testing/hostile.ts'
import { exampleRun } from './testing/index.ts'

const bundle = { script: 'run()', style: 'p{}' }

test('no name ends the script it stands in, and the data reads back', () => {
  const { record, verdict } = withHostileNames(exampleRun('met'))
  const html = toHtml(toPageData(record, verdict), bundle)
  assert.equal(html.match(/<\/script>/g)?.length, 2)
  assert.doesNotMatch(html, /<img/)
  const [, json] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(html) ?? []
  assert.equal(JSON.parse(json ?? '').runId, record.run.id)
})

test('only the program and the styles of the page are allowed, by their hashes', () => {
  const { record, verdict } = exampleRun('met')
  const html = toHtml(toPageData(record, verdict), bundle)
  const hash = createHash('sha256').update('run()').digest('base64')
  assert.ok(html.includes(`default-src 'none'; script-src 'sha256-${hash}'`))
})

test('the same record gives the same bytes', () => {
  const once = () => {
    const { record, verdict } = exampleRun('violated')
    return toHtml(toPageData(record, verdict), bundle)
  }
  assert.equal(once(), once())
})

test('--json is one document with the whole verdict', () => {
  const { record, verdict } = exampleRun('met')
  const document = JSON.parse(resultDocument(record, verdict, { report: 'report/index.html' }))
  assert.deepEqual(document, {
    ...{ schema: 'gauntlet/result/1', run: record.run.id, plan: 'verify', report: 'report/index.html' },
    verdict,
  })
})

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readCatalogue } from './catalogue.ts'

test('two journeys of one file name are a complaint at the second', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'gauntlet-catalogue-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const file of ['a/buy.k6.ts', 'b/buy.k6.ts', 'b/search.k6.ts']) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), `// ${file}`)
  }
  const { complaints } = await readCatalogue({
    root,
    config: { target: {}, content: { journeys: ['a', 'b'] } },
  })
  assert.deepEqual(
    complaints.map(({ file, message }) => `${file}: ${message}`),
    ['b/buy.k6.ts: a second "buy.k6.ts"'],
  )
})

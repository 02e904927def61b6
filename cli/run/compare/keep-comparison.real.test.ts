import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { GOLDEN } from '../../house/golden-outputs.ts'
import { readComparison } from './comparison-record.ts'
import { judgeComparison } from './judge-comparison.ts'
import { keepComparison } from './keep-comparison.ts'

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-kept-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a comparison leaves its result with a page, JUnit and a summary, as the golden one has them', async () => {
  const golden = join(GOLDEN, 'comparison-regression')
  await keepComparison(folder, judgeComparison(await readComparison(golden)))
  assert.deepEqual(readdirSync(join(folder, 'report')).sort(), ['index.html', 'junit.xml', 'summary.md'])
  for (const name of ['comparison.json', 'report/junit.xml', 'report/summary.md'])
    assert.equal(readFileSync(join(folder, name), 'utf8'), readFileSync(join(golden, name), 'utf8'), name)
  const page = readFileSync(join(folder, 'report', 'index.html'), 'utf8')
  assert.match(page, /<title>Regression · /)
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parsePageAudit, parseScenario } from './index.ts'

const CATALOG = join(import.meta.dirname, '../catalog')
const JOURNEYS = join(import.meta.dirname, '../journeys')

for (const file of readdirSync(CATALOG))
  test(`${file} is well formed, and is named as its file`, () => {
    const parse = file.endsWith('.audit.yaml') ? parsePageAudit : parseScenario
    const { value, complaints } = parse(readFileSync(join(CATALOG, file), 'utf8'), file)
    assert.deepEqual(complaints, [])
    assert.equal(value?.metadata.name, file.split('.')[0])
  })

for (const file of readdirSync(JOURNEYS).filter((name) => name.endsWith('.k6.ts')))
  test(`${file} exports no options: they would be ignored, and mislead`, () => {
    assert.doesNotMatch(readFileSync(join(JOURNEYS, file), 'utf8'), /export\s+const\s+options/)
  })

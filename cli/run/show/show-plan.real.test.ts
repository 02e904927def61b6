import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadProject } from '../../config/load-config.ts'
import { showPlan } from './show-plan.ts'

const root = mkdtempSync(join(tmpdir(), 'gauntlet-show-plan-'))
after(() => rmSync(root, { recursive: true }))
cpSync(join(import.meta.dirname, '../../fixtures/shop'), root, { recursive: true })

const TWICE = `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: twice, title: A, why: B }
spec:
  load: [{ scenario: browse }]
  phases: [{ name: open, for: 30s }]
  objectives:
    - { slo: browse-latency }
    - { slo: browse-latency, as: browse-latency-while-nobody-looks, target: 0.9 }
`

test('what is noted below a plan keeps to 80 columns, like the rest of it', async () => {
  writeFileSync(join(root, 'perf/twice.plan.yaml'), TWICE)
  const project = await loadProject(root)
  const said = await showPlan({ project, plan: 'twice', allowUndecidable: true, json: false })
  assert.match(said, /^ {2}note {10}\S.*\n {16}\S/m)
  assert.deepEqual(
    said.split('\n').filter((line) => line.length > 80),
    [],
  )
})

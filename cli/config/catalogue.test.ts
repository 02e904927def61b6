import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Files, folderWith } from '../testing/written-files.ts'
import { readCatalogue } from './catalogue.ts'

const SCENARIO = `apiVersion: gauntlet/v1
kind: Scenario
metadata: { name: search, title: Search, why: Because }
spec:
  executor: { kind: constant-arrival-rate, rate: 100 }
  journey: search.k6.ts
`
const PLAN = `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: gate, title: A, why: B }
spec:
  load: [{ scenario: search }]
  phases:
    - { name: baseline, for: 40s, experiments: [kill], audits: [home] }
  objectives: [{ slo: search-latency }]
`

/** The complaints of a project with these files, as `FILE:LINE:COLUMN MESSAGE (HINT)`. */
async function complaintsOf(files: Files, t: TestContext): Promise<string[]> {
  const root = folderWith(files, t)
  const everywhere = ['.']
  const { complaints } = await readCatalogue({
    root,
    config: {
      target: {},
      content: {
        scenarios: everywhere,
        journeys: everywhere,
        experiments: everywhere,
        audits: everywhere,
        objectives: everywhere,
        plans: everywhere,
      },
    },
  })
  return complaints.map(
    ({ file, line, column, message, hint }) => `${file}:${line}:${column} ${message} (${hint})`,
  )
}

test('two journeys of one file name are a complaint at the second', async (t) => {
  const files = { 'a/buy.k6.ts': '// a', 'b/buy.k6.ts': '// b', 'b/search.k6.ts': '// c' }
  assert.deepEqual(await complaintsOf(files, t), [
    'b/buy.k6.ts:1:1 a second "buy.k6.ts" (the other is in a/buy.k6.ts; names are used once in a project)',
  ])
})

test('every name that leads nowhere is a complaint at its place, beside mistakes of shape', async (t) => {
  const files = {
    'search.k6.ts': '',
    'search.scenario.yaml': SCENARIO.replace('search.k6.ts', 'serach.k6.ts'),
    'gate.plan.yaml': PLAN.replace('scenario: search', 'scenario: serach').replace('40s', '40'),
  }
  assert.deepEqual(await complaintsOf(files, t), [
    'gate.plan.yaml:5:22 unknown scenario "serach" (nearest: search)',
    'gate.plan.yaml:7:30 "40" is not a duration (expected a number with a unit, such as 500ms, 45s or 5m)',
    'gate.plan.yaml:7:48 unknown experiment "kill" (none is known here)',
    'gate.plan.yaml:7:64 unknown audit "home" (none is known here)',
    'gate.plan.yaml:8:23 unknown objective "search-latency" (none is known here)',
    'search.scenario.yaml:6:12 unknown journey "serach.k6.ts" (nearest: search.k6.ts)',
  ])
})

test('a name is not unknown because its file has a mistake', async (t) => {
  const broken = await complaintsOf(
    {
      'search.k6.ts': '',
      'one.scenario.yaml': SCENARIO.replace('100', '0'),
      'kill.experiment.yaml': 'spec: [',
      'home.audit.yaml': 'metadata: 3',
      'search-latency.slo.yaml': '',
      'gate.plan.yaml': PLAN,
    },
    t,
  )
  assert.deepEqual(
    broken.filter((line) => line.includes('unknown ')),
    [],
  )
  assert.ok(broken.length >= 4)
})

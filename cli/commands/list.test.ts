import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Files, writeFiles } from '../testing/written-files.ts'
import { buildProgram } from './index.ts'

/** What `gauntlet list` prints in a folder without a config that holds these runs. */
async function listed(runs: readonly string[], t: TestContext, files: Files = {}): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-list-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  for (const run of runs) mkdirSync(join(cwd, '.gauntlet/runs', run), { recursive: true })
  writeFiles(cwd, files)
  let said = ''
  const out = (text: string): void => {
    said += text
  }
  const screen = { write: () => {}, isTerminal: false }
  const terminal = { cwd, out, screen, colour: false, onInterrupt: () => ({ release: () => {} }) }
  await buildProgram(terminal, () => {}).parseAsync(['list'], { from: 'user' })
  return said
}

test('runs of scripts are listed where there is no config', async (t) => {
  const said = await listed(['20261121-014530-k3f9'], t)
  assert.match(said, /^plans +none\n[\s\S]*runs +20261121-014530-k3f9 +not judged$/)
})

test('a run that was stopped says so beside its verdict', async (t) => {
  const [completed, stopped] = ['20261121-014530-aaaa', '20261121-014530-bbbb']
  const run = JSON.stringify({ plan: 'quick' })
  const verdict = (outcome: string) => JSON.stringify({ verdict: 'met', outcome, lengthMs: 24_400 })
  const said = await listed([completed, stopped], t, {
    [`.gauntlet/runs/${completed}/run.json`]: run,
    [`.gauntlet/runs/${completed}/verdict.json`]: verdict('completed'),
    [`.gauntlet/runs/${stopped}/run.json`]: run,
    [`.gauntlet/runs/${stopped}/verdict.json`]: verdict('interrupted'),
  })
  assert.match(said, /aaaa +met, quick, 24\.4 s$/m)
  assert.match(said, /bbbb +met, interrupted, quick, 24\.4 s$/m)
})

const slo = (name: string): string => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}, displayName: Titled }
spec:
  service: shop
  budgetingMethod: Occurrences
  indicator:
    metadata: { name: good }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: gauntlet, spec: { measure: request, outcome: ok } } }
        total: { metricSource: { type: gauntlet, spec: { measure: request } } }
  objectives: [{ target: 0.9 }]
`

test('all titles begin in one column, however long a name; the longest are cut in their middle', async (t) => {
  const names = ['short', 'a-name-of-thirty-letters-in-all', `first-${'x'.repeat(40)}-last`]
  const files = Object.fromEntries(names.map((name) => [`slos/${name}.slo.yaml`, slo(name)]))
  const config = `export default { target: { description: {} }, content: { objectives: ['slos'] } }`
  const said = await listed([], t, { ...files, 'gauntlet.config.js': config })
  const titled = said.split('\n').filter((line) => line.includes('Titled'))
  assert.equal(titled.length, 3)
  assert.equal(new Set(titled.map((line) => line.indexOf('Titled'))).size, 1)
  assert.match(said, /first-x+\.\.\.x+-last Titled/)
})

test('where there is nothing at all, a config is asked for', async (t) => {
  await assert.rejects(listed([], t), /no gauntlet\.config\.ts in/)
})

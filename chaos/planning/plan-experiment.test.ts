import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Target } from '../../reports/run/index.ts'
import { parseExperiment } from '../model/experiment.ts'
import { planExperiment } from './plan-experiment.ts'

const target: Target = {
  ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1', addresses: {}, links: [], switches: [] },
  control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
  ...{ facts: [], logs: [], processes: [{ name: 'web-1', labels: { app: 'web' }, pid: 1, startedAt: 1 }] },
}

function refused(times: string): string[] {
  const manifest = `{ apiVersion: gauntlet/v1, kind: ProcessChaos, metadata: { name: x },
    spec: { action: pause, mode: all, selector: { labelSelectors: { app: web } } } }`
  const text = `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: x, title: x, why: x }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: web }, atLeast: 1 } }]
  method: [{ manifest: ${manifest}${times} }]
  rollback: { within: 5s }
`
  const { value } = parseExperiment(text, 'x.experiment.yaml')
  assert.ok(value)
  const phase = { name: 'fault', durationMs: 45_000 }
  const place = { phase, target, seed: 1, sources: [], objectives: [] }
  return planExperiment(value, place).refusals.map(({ why }) => why)
}

for (const [times, why] of [
  ['', []],
  [', at: 40s, for: 5s', []],
  [', for: 60s', ['it would last until 60s, and the phase fault ends after 45s']],
  [', at: 40s, for: 6s', ['it would last until 46s, and the phase fault ends after 45s']],
  [', at: 45s', ['it would begin after the end of the phase fault']],
] as const)
  test(`a step of a phase of 45 s "${times}" is refused ${why.length} times`, () =>
    assert.deepEqual(refused(times), why))

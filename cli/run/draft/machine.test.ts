import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseExperiment } from '../../../chaos/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { tellsListeners } from '../../process/ports.ts'
import { listenersHere, machineFor } from './machine.ts'

function experiment(action: string) {
  const spec = `{ action: ${action}, mode: one, selector: { labelSelectors: { app: site } } }`
  const manifest = `{ apiVersion: gauntlet/v1, kind: ProcessChaos, metadata: { name: x }, spec: ${spec} }`
  const text = `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: x, title: x, why: x }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: site }, atLeast: 1 } }]
  method: [{ manifest: ${manifest} }]
  rollback: { within: 5s }
`
  const { value } = parseExperiment(text, 'x.experiment.yaml')
  assert.ok(value)
  return value
}

test('whether the system tells who listens is looked at for what a pause hits, and for no other fault', async () => {
  const { exec } = fakeContext().context
  assert.deepEqual(await machineFor([experiment('pause')], exec), listenersHere(tellsListeners()))
  assert.equal(await machineFor([experiment('restart')], exec), undefined)
})

test('a system that does not list what listens lacks it, and says so', () => {
  assert.equal(tellsListeners(['/no/proc/net/tcp']), false)
  assert.deepEqual(listenersHere(false), {
    has: [],
    lacks: { listeners: 'this system does not tell who listens on a port' },
  })
})

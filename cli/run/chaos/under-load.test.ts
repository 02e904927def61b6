import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseExperiment } from '../../../chaos/index.ts'
import { planUnderLoad } from './under-load.ts'

const CATALOG = join(import.meta.dirname, '../../../chaos/catalog')

function phasesOf(name: string): unknown[] {
  const file = `${name}.experiment.yaml`
  const { value } = parseExperiment(readFileSync(join(CATALOG, file), 'utf8'), file)
  assert.ok(value)
  const phases = planUnderLoad(value)?.file.spec.phases ?? []
  return phases.map((one) => (one.judged === false ? `(${one.name})` : one.name))
}

test('before, with and after the fault are judged, and what it held up is worked off first', () => {
  assert.deepEqual(phasesOf('pause-catalogue'), ['(warm-up)', 'before', 'fault', '(recovery)', 'after'])
})

test('without a time to recover it is judged from the fault on', () => {
  assert.deepEqual(phasesOf('gateway-catalogue-slow'), ['(warm-up)', 'before', 'fault', 'after'])
})

test('a length that was asked for takes the place of the one in the file', () => {
  const file = 'pause-catalogue.experiment.yaml'
  const { value } = parseExperiment(readFileSync(join(CATALOG, file), 'utf8'), file)
  const lengthOf = (forMs?: number) =>
    planUnderLoad(value!, forMs)?.file.spec.phases.find(({ name }) => name === 'fault')?.for
  assert.deepEqual([lengthOf(), lengthOf(30_000)], ['17s', '30s'])
})

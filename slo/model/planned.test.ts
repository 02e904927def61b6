import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { PlannedObjective } from '../../reports/run/index.ts'
import { PLAN } from '../judge/testing/run.ts'
import { parseSlo } from './parse-slo.ts'
import { toPlannedObjective } from './planned.ts'

const CATALOG = join(import.meta.dirname, '..', 'catalog')
const UNDER_LOAD = ['baseline', 'worker-lost', 'recovery']

const shipped: Readonly<
  Record<string, readonly [promised: string, noun: string, evidence: string, phases: string[]]>
> = {
  'api-availability': ['99.9 %', 'requests', 'sample', UNDER_LOAD],
  'gateway-latency': ['p95 < 200 ms', 'requests', 'sample', UNDER_LOAD],
  'home-page': ['median LCP < 1.5 s', 'audits', 'repeats', ['pages']],
  'orders-done': ['p99 < 60 s', 'orders', 'sample', UNDER_LOAD],
  'orders-not-lost': ['0 of all', 'orders', 'census', []],
  'orders-not-twice': ['0 of all', 'orders', 'census', []],
  'search-latency': ['p95 < 300 ms', 'requests', 'sample', UNDER_LOAD],
}

const read = (file: string) => parseSlo(readFileSync(join(CATALOG, file), 'utf8'), file)

test('every objective of the catalogue can be read, and is in the table below', () => {
  const files = readdirSync(CATALOG).sort()
  assert.deepEqual(
    files.flatMap((file) => read(file).complaints),
    [],
  )
  assert.deepEqual(
    files,
    Object.keys(shipped).map((name) => `${name}.slo.yaml`),
  )
})

for (const [name, [promised, noun, evidence, phases]] of Object.entries(shipped))
  test(`${name} promises ${promised} over ${noun}, judged as ${evidence} in the phases where that is judged`, () => {
    const { value } = read(`${name}.slo.yaml`)
    assert.ok(value !== undefined)
    const planned = toPlannedObjective(value, { phases: PLAN.phases, advisory: false })
    assert.deepEqual([...Compile(PlannedObjective).Errors(planned)], [])
    assert.deepEqual(
      [planned.name, planned.promised, planned.noun, planned.evidence],
      [name, promised, noun, evidence],
    )
    assert.deepEqual(planned.phases, phases)
  })

test('a time limit in a file is milliseconds in the plan', () => {
  const { value } = read('search-latency.slo.yaml')
  const planned = toPlannedObjective(value!, { phases: PLAN.phases, advisory: true })
  assert.deepEqual(planned.good, { measure: 'request', name: 'search', withinMs: 300 })
  assert.deepEqual([planned.total, planned.advisory], [{ measure: 'request', name: 'search' }, true])
})

test('an audit under load has its phase to itself', () => {
  const { value } = read('search-latency.slo.yaml')
  const phases = PLAN.phases.map((phase) =>
    phase.name === 'recovery' ? { ...phase, audits: ['home'] } : phase,
  )
  assert.deepEqual(toPlannedObjective(value!, { phases, advisory: false }).phases, [
    'baseline',
    'worker-lost',
  ])
})

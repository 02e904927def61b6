import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { PlannedObjective } from '../../../reports/run/index.ts'
import { PLAN } from '../../judge/testing/run.ts'
import { shelve } from '../library.ts'
import { parseOpenSlo } from '../parse-open-slo.ts'
import { type Placement, toPlannedObjectives } from './planned.ts'

const CATALOG = join(import.meta.dirname, '..', '..', 'catalog')
const GOLDEN = join(import.meta.dirname, '..', '..', '..', 'reports', 'golden', 'verify-short-met')
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

const files = readdirSync(CATALOG)
  .filter((file) => file.endsWith('.slo.yaml'))
  .sort()
const catalogue = shelve(files.map((file) => parseOpenSlo(readFileSync(join(CATALOG, file), 'utf8'), file)))
const placement: Placement = { phases: PLAN.phases, advisory: false }
const plannedOf = (name: string, over: Partial<Placement> = {}) =>
  toPlannedObjectives(catalogue.slos.get(name)!, { ...placement, ...over })

test('every objective of the catalogue can be read, says why, and is in the table below', () => {
  assert.deepEqual(catalogue.complaints, [])
  assert.deepEqual(
    files,
    Object.keys(shipped).map((name) => `${name}.slo.yaml`),
  )
  for (const { slo } of catalogue.slos.values())
    assert.ok(slo.metadata.displayName && slo.spec.description, slo.metadata.name)
})

for (const [name, [promised, noun, evidence, phases]] of Object.entries(shipped))
  test(`${name} promises ${promised} over ${noun}, judged as ${evidence} in the phases where that is judged`, () => {
    const { objectives, refusals } = plannedOf(name)
    assert.deepEqual(refusals, [])
    const [planned, second] = objectives
    assert.ok(planned !== undefined && second === undefined)
    assert.deepEqual([...Compile(PlannedObjective).Errors(planned)], [])
    assert.deepEqual(
      [planned.name, planned.promised, planned.noun, planned.evidence],
      [name, promised, noun, evidence],
    )
    assert.deepEqual(planned.phases, phases)
  })

test('a plan recorded before has the same objectives, but for what was added since', () => {
  const recorded = JSON.parse(readFileSync(join(GOLDEN, 'plan.json'), 'utf8'))
  for (const objective of recorded.objectives) {
    const phases = recorded.phases.filter(({ name }: { name: string }) => objective.phases.includes(name))
    const { windowMs, ...planned } = plannedOf(objective.name, { phases }).objectives[0]!
    delete objective.windowMs
    assert.deepEqual(planned, objective)
    assert.equal(windowMs, 28 * 24 * 3_600_000)
  }
})

test('a time limit in a file is milliseconds in the plan', () => {
  const [planned] = plannedOf('search-latency', { advisory: true }).objectives
  assert.deepEqual(planned?.good, { measure: 'request', name: 'search', withinMs: 300 })
  assert.deepEqual([planned?.total, planned?.advisory], [{ measure: 'request', name: 'search' }, true])
})

test('an audit under load has its phase to itself', () => {
  const phases = PLAN.phases.map((phase) =>
    phase.name === 'recovery' ? { ...phase, audits: ['home'] } : phase,
  )
  assert.deepEqual(plannedOf('search-latency', { phases }).objectives[0]?.phases, ['baseline', 'worker-lost'])
})

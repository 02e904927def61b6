import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AVAILABLE, PLAN } from '../../../slo/judge/testing/run.ts'
import { parsePlanFile } from '../../config/plan-file.ts'
import { checkProbes } from './check-probes.ts'
import { complaintsAbout } from './complaints.ts'

const TEXT = `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: a, title: A, why: B }
spec:
  phases: [{ name: soak, for: 60s }]
  objectives: [{ slo: memory }]
`
const TARGET = {
  ...PLAN.target,
  processes: [
    { name: 'orders', labels: {} },
    { name: 'gateway', labels: {} },
  ],
}

/** What is said of an objective that asks this probe, and where it points. */
function said(probe: string, { machineTellsResources = true } = {}) {
  const { document } = parsePlanFile(TEXT, 'a.plan.yaml')
  assert.ok(document)
  const complaints = complaintsAbout(document)
  const planned = { ...AVAILABLE, name: 'memory', total: { measure: 'probe', name: probe } as const }
  const asked = { planned, called: 'memory', at: ['spec', 'objectives', 0, 'slo'] }
  const { good: _, ...counted } = asked.planned
  checkProbes([{ ...asked, planned: counted }], { target: TARGET, machineTellsResources }, complaints)
  return complaints.all.map(({ message, hint, line, column }) => `${line}:${column} ${message}; ${hint}`)
}

test('what the target describes and the kernel tells is asked without objection', () => {
  for (const metric of ['resident-bytes', 'open-files', 'threads', 'cpu-seconds'])
    assert.deepEqual(said(`orders/${metric}`), [])
})

test('an unknown process and an unknown value are refused together, each with the nearest name', () => {
  assert.deepEqual(said('order/resident-byte'), [
    '6:23 unknown probe value "resident-byte"; nearest: resident-bytes',
    '6:23 unknown process of shop "order"; nearest: orders',
  ])
})

test('a name without a process is refused', () => {
  assert.deepEqual(said('threads'), [
    '6:23 the probe "threads" names no process; PROCESS/VALUE, such as orders/threads',
  ])
})

test('a system that tells nothing of a process is refused', () => {
  const [only, ...others] = said('orders/threads', { machineTellsResources: false })
  assert.deepEqual(others, [])
  assert.match(
    only ?? '',
    /memory cannot be decided: this system does not tell the threads of a process; run it on Linux/,
  )
})

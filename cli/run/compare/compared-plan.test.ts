import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePlanFile } from '../../config/plan-file.ts'
import { comparedPlan, leftOutOf } from './compared-plan.ts'

const text = `apiVersion: gauntlet/v1
kind: Plan
metadata: { name: gate, title: Gate, why: Because }
spec:
  load: [{ scenario: browse }]
  phases:
    - { name: baseline, for: 60s }
    - { name: lost, for: 30s, experiments: [kill-worker] }
    - { name: pages, for: 90s, load: false, audits: [home] }
  drain: { atMost: 5s, fact: orders }
  objectives:
    - { slo: soon, phases: [baseline] }
    - { slo: soon, phases: [lost], as: soon-when-lost, target: 0.9 }
    - { slo: answered, phases: [baseline] }
    - { slo: answered, phases: [lost], advisory: true }
    - { slo: tidy, phases: [baseline], advisory: true }
    - { slo: tidy, phases: [lost], advisory: true }
`
const { value } = parsePlanFile(text, 'gate.plan.yaml')

test('of a plan the load and the objectives are asked, each once, in one phase without faults', () => {
  const { spec } = comparedPlan(value!, 63_500).file
  assert.deepEqual(spec, {
    load: [{ scenario: 'browse' }],
    phases: [{ name: 'compared', for: '64s' }],
    objectives: [
      { slo: 'soon' },
      { slo: 'soon', as: 'soon-when-lost', target: 0.9 },
      { slo: 'answered' },
      { slo: 'tidy', advisory: true },
    ],
  })
})

test('what is left out is said', () => {
  assert.deepEqual(leftOutOf(value!), ['the 3 phases', 'experiment kill-worker', 'audit home', 'the drain'])
})

const DIFFERENT = ['target: 0.9', 'within: 300ms', 'value: 5', 'as: tidy'] as const
for (const promise of DIFFERENT)
  test(`two objectives of one name, one of them with ${promise}, are refused: nobody could tell which is compared`, () => {
    const asked = parsePlanFile(`${text}    - { slo: soon, ${promise} }\n`, 'gate.plan.yaml').value!
    assert.throws(() => comparedPlan(asked, 63_500), { code: 'TWO_PROMISES' })
  })

test('a second promise under a name of its own is compared as well', () => {
  const asked = parsePlanFile(`${text}    - { slo: soon, as: sooner, within: 1ms }\n`, 'gate.plan.yaml')
    .value!
  assert.ok(comparedPlan(asked, 63_500).file.spec.objectives.some((one) => one.as === 'sooner'))
})

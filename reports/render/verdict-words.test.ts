import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunRecord } from '../run/record.ts'
import type { FaultVerdict, Verdict } from '../run/verdict.ts'
import {
  faultState,
  figureWords,
  goneAfterMs,
  impactsOf,
  instrumentWords,
} from '../run/words/verdict-words.ts'
import { consoleText } from './console.ts'
import { toJunit } from './junit.ts'
import { toMarkdown } from './markdown.ts'
import { type Example, exampleRun, type State } from './testing/index.ts'

const forms = ({ record, verdict }: Example) => [
  consoleText(record, verdict, { colour: false }),
  toMarkdown(record, verdict),
  toJunit(record, verdict),
]

for (const state of ['invalid', 'crashed'] as const)
  test(`of a run that is ${state}, no form gives an interval to a figure that was not judged`, () => {
    const example = exampleRun(state)
    const search = example.verdict.objectives.find(({ name }) => name === 'search-latency')!
    assert.equal(figureWords(search, example.verdict), '182 ms, not judged')
    for (const text of forms(example)) {
      assert.match(text, /182 ms, not judged/)
      assert.doesNotMatch(text, /176.189/)
    }
  })

const faultOf = (state: State, changes: Partial<FaultVerdict> = {}): FaultVerdict => ({
  ...exampleRun(state).verdict.faults[0]!,
  ...changes,
})

test('a fault is called by the words of its proof, and one that was never seen to act is not said to be gone', () => {
  const said = (changes: Partial<FaultVerdict>) => faultState(faultOf('met', changes))
  assert.equal(said({}), 'confirmed, proven gone')
  assert.equal(said({ proof: 'unproven' }), 'unproven, normal after it')
  assert.equal(said({ proof: 'mismatch' }), 'mismatch, proven gone')
  assert.equal(said({ undoneBy: 'guardian' }), 'confirmed, proven gone by the guardian')
  assert.equal(
    said({ undoneBy: 'guardian', undo: 'undone' }),
    'confirmed, undone by the guardian, not proven gone',
  )
  assert.equal(said({ undoneBy: 'guardian', undo: 'not undone' }), 'confirmed, the guardian did not undo it')
  assert.notEqual(goneAfterMs(faultOf('met')), null)
  assert.equal(goneAfterMs(faultOf('met', { proof: 'unproven' })), null)
})

test('a fault broke no objective only where its objectives were judged', () => {
  const none = { bad: 0, events: 90, detectMs: null, recoverMs: null, budgetSpentRatio: 0 }
  const fault = faultOf('met', { impact: [{ ...none, objective: 'search-latency' }] })
  const said = (state: State) => impactsOf(fault, exampleRun(state).verdict)
  assert.deepEqual(said('met'), ['broke no objective'])
  assert.deepEqual(said('invalid'), ['what it broke was not judged'])
  assert.deepEqual(said('crashed'), ['what it broke was not judged'])
  const broken = { ...none, objective: 'search-latency', bad: 9, recoverMs: 3000 }
  assert.match(
    impactsOf({ ...fault, impact: [broken] }, exampleRun('invalid').verdict)[0] ?? '',
    /^broke search/,
  )
})

test('an instrument of which nothing is known is not called sound', () => {
  const { record, verdict } = exampleRun('met')
  const said = (changes: Partial<RunRecord>, found: Partial<Verdict> = {}) =>
    instrumentWords({ ...record, ...changes }, { ...verdict, ...found })
  assert.equal(said({}), 'sound')
  assert.equal(said({ instrument: null }), 'not measured')
  const ofAnotherTool = { plan: { ...record.plan, load: [] } }
  assert.equal(said(ofAnotherTool), 'not measured')
  const phases = record.plan.phases.map((phase) => ({ ...phase, load: false }))
  assert.equal(said({ plan: { ...ofAnotherTool.plan, phases }, instrument: null }), 'sound')
  assert.equal(said({ instrument: null }, { outcome: 'crashed' }), 'no finding before the crash')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { parseRecord } from '../../run/record.ts'
import { Verdict } from '../../run/verdict.ts'
import { phaseSpans } from '../phases.ts'
import { exampleRun, STATES } from './index.ts'

const shape = Compile(Verdict)
const lines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

for (const state of STATES) {
  test(`the ${state} example tells the same by phase as in its rows, and nothing of a phase that was not reached`, () => {
    const { record, verdict } = exampleRun(state)
    const reached = phaseSpans(record).flatMap((span) => (span.reached ? [span.name] : []))
    for (const { name, byPhase, events, bad, value } of verdict.objectives.filter(
      (one) => one.byPhase.length > 0,
    )) {
      const sum = (key: 'events' | 'bad') => byPhase.reduce((total, part) => total + part[key], 0)
      assert.deepEqual([sum('events'), sum('bad')], [events, bad], name)
      const known = byPhase.filter((part) => part.value !== null)
      assert.ok(
        known.every(({ phase }) => reached.includes(phase)),
        name,
      )
      const values = known.map((part) => part.value ?? 0)
      assert.ok(value !== null && value >= Math.min(...values) && value <= Math.max(...values), name)
    }
  })

  test(`the ${state} example is a record and a verdict that their schemas take`, () => {
    const { record, verdict } = exampleRun(state)
    assert.deepEqual(shape.Errors(verdict), [])
    const texts = new Map([
      ['run.json', JSON.stringify(record.run)],
      ['plan.json', JSON.stringify(record.plan)],
      ['journal.ndjson', lines(record.journal)],
      ['evidence/load.ndjson', lines(record.load)],
      ['evidence/facts.ndjson', lines(record.facts)],
      ['evidence/audits.ndjson', lines(record.audits)],
    ])
    if (record.instrument) texts.set('evidence/instrument.json', JSON.stringify(record.instrument))
    assert.deepEqual(parseRecord(texts, record.complete), record)
  })
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { parseRecord } from '../../run/record.ts'
import { Verdict } from '../../run/verdict.ts'
import { exampleRun, STATES } from './index.ts'

const shape = Compile(Verdict)
const lines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

for (const state of STATES) {
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

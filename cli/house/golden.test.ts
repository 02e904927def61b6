import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, it } from 'node:test'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import {
  Ack,
  BudgetReport,
  ComparedBlock,
  Comparison,
  EvidenceIndex,
  FactRow,
  HistoryEntry,
  Instrument,
  JournalEntry,
  Lease,
  LoadSecond,
  Plan,
  Proof,
  Run,
  Sides,
  Target,
  Verdict,
} from '../../reports/run/index.ts'
import { GOLDEN, goldenOutputs, goldenRuns } from './golden-outputs.ts'

describe('golden runs', () => {
  it('are there', () => assert.ok(goldenRuns().length > 0))

  for (const folder of goldenRuns())
    it(`${basename(folder)} still gives its verdict and its reports, byte for byte`, async () => {
      for (const [name, text] of await goldenOutputs(folder))
        assert.equal(
          text,
          readFileSync(join(folder, name), 'utf8'),
          `${name}; if it should differ: npm run golden`,
        )
    })
})

/** One recorded example of each format, and the schema it is an example of. */
const EXAMPLES: readonly (readonly [path: string, schema: TSchema])[] = [
  ['verify-short-met/run.json', Run],
  ['verify-short-met/plan.json', Plan],
  ['verify-short-met/journal.ndjson', JournalEntry],
  ['verify-short-met/evidence/load.ndjson', LoadSecond],
  ['verify-short-met/evidence/acks.ndjson', Ack],
  ['verify-short-met/evidence/facts.ndjson', FactRow],
  ['verify-short-met/evidence/instrument.json', Instrument],
  ['verify-short-met/evidence/index.json', EvidenceIndex],
  ['verify-short-met/verdict.json', Verdict],
  ['comparison-regression/evidence/blocks.ndjson', ComparedBlock],
  ['comparison-regression/evidence/sides.json', Sides],
  ['comparison-regression/comparison.json', Comparison],
  ['history.ndjson', HistoryEntry],
  ['budget.json', BudgetReport],
  ['target.json', Target],
  ['lease.json', Lease],
  ['../proofs/interval.json', Proof],
]

describe('recorded examples', () => {
  for (const [path, schema] of EXAMPLES)
    it(`${path} fits its schema`, () => {
      const text = readFileSync(join(GOLDEN, path), 'utf8')
      const values: unknown[] = path.endsWith('.ndjson')
        ? text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [JSON.parse(text)]
      const shape = Compile(schema)
      assert.ok(values.length > 0)
      for (const value of values) assert.deepEqual([...shape.Errors(value)], [])
    })
})

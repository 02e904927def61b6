import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { readDocuments } from '../../../reports/run/index.ts'
import { parseManifestValue } from '../manifests/index.ts'
import { flatten } from './index.ts'

const FIXTURES = join(import.meta.dirname, '../manifests/fixtures')
const EXAMPLES = readdirSync(FIXTURES).flatMap((file) =>
  readDocuments(readFileSync(join(FIXTURES, file), 'utf8'), file).documents.map(({ value }) => value),
)

/** A copy in which the nth value, counted from the leaves up, is another. */
function spoilt(value: unknown, n: number, other: unknown): unknown {
  let left = n
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => (left-- === 0 ? other : inner))
}

const drawn = fc.record({
  example: fc.constantFrom(...EXAMPLES),
  n: fc.nat(60),
  other: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('', '0s', '1h', '@every 1s', 'Serial', 'Workflow', -1, 1e300, null, {}, []),
  ),
})

test('a spoilt manifest is complained about or flattened, whatever is wrong with it, and never throws', () =>
  fc.assert(
    fc.property(drawn, ({ example, n, other }) => {
      const { value, complaints } = parseManifestValue(spoilt(example, n, other), 'x')
      assert.notEqual(value === undefined, complaints.length === 0)
      for (const { line, column, message } of complaints)
        assert.ok(line > 0 && column > 0 && message.length > 0)
      if (value === undefined) return
      const { faults } = flatten(value, { seed: 1, startMs: 0, lengthMs: 60_000 })
      for (const { atMs, forMs } of faults) assert.ok(atMs >= 0 && forMs > 0 && atMs + forMs <= 60_000)
    }),
    { numRuns: 200 },
  ))

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { plannedLoad } from './fixtures/k6.ts'
import { instrumentOf } from './instrument.ts'
import { K6Log } from './log.ts'
import { CsvReader } from './stream/csv.ts'
import { Fold } from './stream/fold.ts'

test('a scenario that throws every time has an account of its own beside one that hangs', () => {
  const loads = ['one', 'boom', 'never'].map((name) =>
    plannedLoad({ name, journey: '', ratePerSecond: name === 'one' ? 5 : 2, durationMs: 2000 }),
  )
  const fold = new Fold(loads, [], { secondZero: () => {}, ack: () => {}, event: () => {} })
  const csv = new CsvReader({ onRow: (row) => fold.row(row), onEnd: () => {} })
  csv.push(readFileSync(join(import.meta.dirname, 'fixtures/streams/hangs.csv')))
  Array.from(fold.rest({ leaveOut: false }))
  const how = { signal: null, timedOut: false, cancelled: false, failedToStart: null, stdout: '', stderr: '' }
  const ended = { exitCode: 0, ...how }
  const none = { completed: 0, dropped: 0, interrupted: 0, threw: 0 }
  assert.deepEqual(
    instrumentOf({ fold, csv, gaps: { found: [] }, watch: { seconds: () => [] } }, ended, new K6Log())
      .iterations,
    [
      { ...none, scenario: 'one', dropped: 6, interrupted: 4 },
      { ...none, scenario: 'boom', threw: 5 },
      { ...none, scenario: 'never' },
    ],
  )
})

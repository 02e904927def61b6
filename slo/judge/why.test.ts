import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.ts'
import { at, INJECTION, INSTRUMENT, JOURNAL, runWith } from './testing/run.ts'

const threw = (firstException: string) =>
  judge(
    runWith({
      load: [],
      instrument: {
        ...INSTRUMENT,
        iterations: [{ scenario: 'search', completed: 0, dropped: 0, interrupted: 0, threw: 9500 }],
        firstException,
      },
    }),
  )

test('of an exception its first line is told, and where it was thrown by the hint', () => {
  const { why, findings } = threw('TypeError: no shelf\n\tat look (file:///shop/a.js:2:8(3))\n\tat main')
  assert.match(
    why,
    /^No iteration completed; the run's first exception: TypeError: no shelf, so 5 objectives/,
  )
  assert.match(findings[0]?.why ?? '', /exception: TypeError: no shelf\.$/)
  assert.match(findings[0]?.hint ?? '', /mend what it throws at look \(file:\/\/\/shop\/a\.js:2:8\(3\)\)$/)
})

test('of a sentence that is too long what a colon leads into is left out', () => {
  const unproven = {
    ...INJECTION,
    seen: 'nothing was sent to order-worker-1 (pid 5812): the start time is that of a process which came later',
  }
  const journal = JOURNAL.map((entry) =>
    entry.kind === 'fault-confirmed' ? at(46_000, { kind: 'fault-unproven', ...unproven }) : entry,
  )
  const { why } = judge(runWith({ journal }))
  assert.match(why, /sent to order-worker-1 \(pid 5812\)…, so \d objectives rest on tainted evidence\.$/)
})

test('a sentence that is too long is cut between two words, and one long word where it must be', () => {
  const unproven = { ...INJECTION, seen: `nothing was sent to ${'worker '.repeat(30)}` }
  const journal = JOURNAL.map((entry) =>
    entry.kind === 'fault-confirmed' ? at(46_000, { kind: 'fault-unproven', ...unproven }) : entry,
  )
  const { why } = judge(runWith({ journal }))
  assert.match(why, /sent to (worker )+worker…, so \d objectives rest on tainted evidence\.$/)
  assert.ok(why.length <= 160, `${why.length} characters`)
  const long = threw(`Error: ${'x'.repeat(300)}`).why
  assert.match(long, /Error: x{40,}…, so 5 objectives/)
  assert.equal(long.length, 160)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { duration, type PlannedAlert, type RunRecord } from '../../reports/run/index.ts'
import { judge } from './judge.ts'
import {
  AVAILABLE,
  at,
  INJECTION,
  JOURNAL,
  journalUntil,
  journalWith,
  PLAN,
  runWith,
  SEARCH,
  steadyLoad,
} from './testing/run.ts'

/** A total outage at 99.9 % burns 1,000 times too fast: over 5 min it takes 4.32 s to 14.4. */
const FAST: PlannedAlert = { objective: 'available', burnRate: 14.4, overMs: 300_000 }
const HOURLY: PlannedAlert = { ...FAST, overMs: 3_600_000 }

interface Given {
  /** of the hundred requests of each second while the fault is on, from 0:46 to 1:14 */
  readonly failed?: number
  /** the same, of those before it */
  readonly before?: number
  readonly changes?: Partial<RunRecord>
}

/** Injected at 0:45.02, undone at 1:15; only search is required, and not asked of that time. */
function judged(alert: PlannedAlert, { failed = 100, before = 0, changes = {} }: Given = {}) {
  const plan = {
    ...PLAN,
    experiments: PLAN.experiments.map((one) => ({ ...one, alert })),
    objectives: [SEARCH, { ...AVAILABLE, advisory: true }],
  }
  const [healthy, ill, hit] = [0, before, failed].map((n) => steadyLoad({ slow: 0, failed: n }))
  const load = healthy!.map((line, n) => (n > 45 && n < 75 ? hit![n]! : n > 30 && n < 45 ? ill![n]! : line))
  const { why, verdict, exitCode, faults } = judge(runWith({ plan, load, ...changes }))
  return { why, verdict, exitCode, alert: faults[0]?.alert }
}

test('an alert that fires while the fault is on is told with its time, and the run is met', () => {
  const { alert, verdict } = judged(FAST)
  assert.equal(verdict, 'met')
  assert.deepEqual(alert, {
    objective: 'available',
    state: 'fired',
    firedMs: 5980,
    why: `the alert on available (burn rate 14.4 over 5 min and 25 s) fired ${duration(5980)} after the injection`,
  })
})

test('what came before the run counts as good: the hourly page needs 52 s of an outage, and is silent', () => {
  const { alert, verdict, exitCode, why } = judged(HOURLY)
  assert.deepEqual([verdict, exitCode, alert?.state, alert?.firedMs], ['violated', 21, 'silent', null])
  assert.equal(
    why,
    'The alert on available (burn rate 14.4 over 1 h and 5 min) stayed silent for 30 s of kill, which broke the promise.',
  )
})

test('an alert that fires later than it must has not fired', () => {
  assert.equal(judged({ ...FAST, withinMs: 6000 }).alert?.state, 'fired')
  const { alert, verdict } = judged({ ...FAST, withinMs: 5000 })
  assert.deepEqual([alert?.state, verdict], ['silent', 'violated'])
  // three seconds of an outage are too few to be sure of a broken promise (JUDGING, rule 7)
  assert.equal(judged({ ...FAST, withinMs: 4000 }).alert?.state, 'not tried')
})

test('an alert that had nothing to tell of was not tried, which decides nothing', () => {
  const { alert, verdict, exitCode, why } = judged(FAST, { failed: 0 })
  assert.deepEqual([alert?.state, verdict, exitCode], ['not tried', 'inconclusive', 20])
  assert.match(why, /stayed silent for 30 s of kill, which is not known to have broken the promise\.$/)
})

test('an alert that was firing before the fault says nothing of it', () => {
  const { alert, verdict } = judged(FAST, { before: 100 })
  assert.deepEqual([alert?.state, verdict], ['not tried', 'inconclusive'])
  assert.match(alert?.why ?? '', /was firing before the injection$/)
})

test('a fifth of an outage fires it five times later', () => {
  const { alert } = judged(FAST, { failed: 20 })
  assert.deepEqual([alert?.state, alert?.firedMs], ['fired', 24_980])
})

test('a fault that was ended before its alert was due leaves it open', () => {
  const undo = { ...INJECTION, by: 'harness' } as const
  const journal = journalUntil(
    48_000,
    at(48_010, { kind: 'stopped', by: 'guard', reason: 'the front' }),
    at(48_020, { kind: 'fault-undoing', ...undo }),
    at(48_030, { kind: 'fault-undone', ...undo }),
    at(48_040, { kind: 'fault-normal', ...undo, seen: '1 ready' }),
    at(48_050, { kind: 'residue', found: [] }),
    at(48_060, { kind: 'run-ended', outcome: 'aborted' }),
  )
  const { alert, verdict } = judged(FAST, { changes: { journal } })
  assert.deepEqual([alert?.state, verdict], ['not judged', 'inconclusive'])
})

test('of a fault that was not seen, and of a crashed run, no alert is judged', () => {
  const unproven = journalWith('fault-confirmed', { kind: 'fault-unproven', ...INJECTION, seen: 'nothing' })
  const unseen = judged(FAST, { changes: { journal: unproven } })
  assert.deepEqual([unseen.alert?.state, unseen.verdict], ['not judged', 'invalid'])
  const crashed = judged(HOURLY, { changes: { journal: JOURNAL.slice(0, -1), complete: false } })
  assert.deepEqual([crashed.alert?.state, crashed.verdict], ['not judged', 'inconclusive'])
})

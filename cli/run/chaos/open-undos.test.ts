import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry, JournalFact } from '../../../reports/run/index.ts'
import { keyOf, stepsOf } from './open-undos.ts'

const undo = { method: 'PUT', url: 'http://127.0.0.1:1/links/a', body: { via: null }, does: 'x' } as const
const head = { injection: 'RUN/slow/1', experiment: 'slow' }
const injecting: JournalFact = { kind: 'fault-injecting', ...head, victims: [], undo }
const by = (who: 'harness' | 'guardian') => ({ ...head, by: who })
const undone = (who: 'harness' | 'guardian'): JournalFact => ({ kind: 'fault-undone', ...by(who) })
const failed = (who: 'harness' | 'guardian'): JournalFact => ({ kind: 'undo-failed', ...by(who), seen: 'x' })
const normal: JournalFact = { kind: 'fault-normal', ...by('harness'), seen: 'x' }
const again: JournalFact = { ...injecting, injection: 'RUN/slow/2' }
const throwing: JournalFact = { kind: 'switch-throwing', switch: 'grumpy', undo }

const CASES: readonly [string, readonly JournalFact[], boolean][] = [
  ['what was injected and nothing more is open', [injecting], true],
  ['what a probe saw gone is not', [injecting, undone('harness'), normal], false],
  ['what the harness undid and no probe saw gone is', [injecting, undone('harness')], true],
  ['what a guardian took back is not', [injecting, undone('guardian')], false],
  ['unless it was undone before, and was not gone', [injecting, failed('harness'), undone('guardian')], true],
  ['what a guardian could not take back is', [injecting, failed('guardian')], true],
  ['of two that hit the same thing one open is enough', [injecting, again, normal], true],
  ['a switch that was thrown is', [throwing], true],
  [
    'one that was taken back is not',
    [throwing, { kind: 'switch-undone', switch: 'grumpy', by: 'harness' }],
    false,
  ],
  [
    'one that could not be is',
    [throwing, { kind: 'switch-undo-failed', switch: 'grumpy', by: 'harness', seen: 'x' }],
    true,
  ],
]

for (const [title, facts, isOpen] of CASES)
  test(title, () => {
    const journal = facts.map((fact): JournalEntry => ({ schema: 'gauntlet/journal/1', atUs: 1, ...fact }))
    assert.equal(stepsOf(journal)[0]?.isOpen, isOpen)
  })

test('a step is known by what it takes back, not by its words', () => {
  assert.equal(keyOf({ ...undo, kind: 'request', does: 'y' }), keyOf(undo))
  assert.notEqual(keyOf({ ...undo, url: 'http://127.0.0.1:2/links/a' }), keyOf(undo))
  const victim = { name: 'a', pid: 7, startedAt: 1 }
  const signal = { kind: 'signal', victim, signal: 'SIGCONT', does: 'x' } as const
  assert.equal(keyOf({ ...signal, victim: { ...victim, name: 'b' } }), keyOf(signal))
  assert.notEqual(keyOf({ ...signal, victim: { ...victim, startedAt: 2 } }), keyOf(signal))
})

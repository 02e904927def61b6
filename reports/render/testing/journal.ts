import type { JournalEntry, JournalFact, Undo } from '../../run/journal.ts'

export const ZERO_US = 1_795_225_530_000_000
const undo: Undo = {
  method: 'PUT',
  url: 'http://127.0.0.1:7399/processes/order-worker-1',
  tokenFile: 'token',
  body: { desired: 'running' },
  does: 'start order-worker-1',
}
const injection = { injection: '20261121-014530-k3f9/kill-order-worker/1', experiment: 'kill-order-worker' }
const victims = [{ name: 'order-worker-1', pid: 4127, startedAt: 99_123 }]

function at(ms: number, fact: JournalFact): JournalEntry {
  return { schema: 'gauntlet/journal/1', atUs: ZERO_US + ms * 1000, ...fact }
}

/** A phase that began and ended where the plan has it, a few ms late as real ones are. */
function phase(name: string, startMs: number, endMs: number): JournalEntry[] {
  return [
    at(startMs + 2, { kind: 'phase-started', phase: name }),
    at(endMs + 1, { kind: 'phase-ended', phase: name }),
  ]
}

const UNTIL_FAULT: JournalEntry[] = [
  at(-4000, { kind: 'run-started', run: '20261121-014530-k3f9' }),
  at(0, { kind: 'second-zero' }),
  ...phase('warm-up', 0, 10_000),
  ...phase('baseline', 10_000, 55_000),
  at(55_002, { kind: 'phase-started', phase: 'worker-lost' }),
  at(55_010.5, { kind: 'fault-injecting', ...injection, victims, undo }),
  at(55_020.5, { kind: 'fault-injected', ...injection }),
  at(55_612.25, { kind: 'fault-confirmed', ...injection, seen: '0 processes alive' }),
]

const UNDONE: JournalEntry[] = [
  at(85_001, { kind: 'fault-undoing', ...injection, by: 'harness' }),
  at(85_031.75, { kind: 'fault-undone', ...injection, by: 'harness' }),
  at(85_032, { kind: 'phase-ended', phase: 'worker-lost' }),
  at(86_218, { kind: 'fault-normal', ...injection, by: 'harness', seen: '1 process alive' }),
]

export const COMPLETED: readonly JournalEntry[] = [
  ...UNTIL_FAULT,
  ...UNDONE,
  ...phase('recovery', 85_100, 105_000),
  at(105_020, { kind: 'load-ended' }),
  at(105_030, { kind: 'drain-started' }),
  at(109_250, { kind: 'drain-ended', open: 0 }),
  ...phase('pages', 109_260, 169_260),
  at(169_400, { kind: 'residue', found: [] }),
  at(169_410, { kind: 'run-ended', outcome: 'completed' }),
]

/** Killed at 1:12.4; the guardian undid the fault at 1:40.2. */
export const CRASHED: readonly JournalEntry[] = [
  ...UNTIL_FAULT,
  at(100_150, { kind: 'fault-undoing', ...injection, by: 'guardian' }),
  at(100_200, { kind: 'fault-undone', ...injection, by: 'guardian' }),
  at(101_380, { kind: 'fault-normal', ...injection, by: 'guardian', seen: '1 process alive' }),
]

/** Stopped by a person at 1:18.4. */
export const INTERRUPTED: readonly JournalEntry[] = [
  ...UNTIL_FAULT,
  at(78_400, { kind: 'stopped', by: 'person', reason: 'Ctrl-C' }),
  at(78_600, { kind: 'load-ended' }),
  at(78_610, { kind: 'fault-undoing', ...injection, by: 'harness' }),
  at(78_700, { kind: 'fault-undone', ...injection, by: 'harness' }),
  at(79_900, { kind: 'fault-normal', ...injection, by: 'harness', seen: '1 process alive' }),
  at(80_400, { kind: 'residue', found: [] }),
  at(80_410, { kind: 'run-ended', outcome: 'interrupted' }),
]

/** The stream fell silent in baseline and the fault was never seen. */
export const UNPROVEN: readonly JournalEntry[] = COMPLETED.map((entry) =>
  entry.kind === 'fault-confirmed'
    ? { ...entry, kind: 'fault-unproven', seen: '1 process alive, as before' }
    : entry,
)

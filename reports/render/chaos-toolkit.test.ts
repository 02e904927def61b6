import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalEntry } from '../run/journal.ts'
import type { PlannedCheck } from '../run/plan.ts'
import { toChaosToolkit } from './chaos-toolkit.ts'
import { withHostileNames } from './testing/hostile.ts'
import { type Example, exampleRun } from './testing/index.ts'

const textOf = ({ record, verdict }: Example): string =>
  toChaosToolkit(record, verdict).get('kill-order-worker') ?? ''
const journalOf = (example: Example) => JSON.parse(textOf(example))
const statuses = (activities: readonly { status: string }[]) => activities.map(({ status }) => status)

test('a confirmed fault that is proven gone, in a steady state after it, is completed and has not deviated', () => {
  const { status, deviated, run, rollbacks, steady_states } = journalOf(asked(exampleRun('met')))
  assert.deepEqual([status, deviated], ['completed', false])
  assert.deepEqual(
    [statuses(run), statuses(rollbacks)],
    [
      ['succeeded', 'succeeded'],
      ['succeeded', 'succeeded'],
    ],
  )
  assert.ok(steady_states.before.steady_state_met && steady_states.after.steady_state_met)
})

test('an unproven fault fails its probe with what was seen, and the experiment', () => {
  const { status, run } = journalOf(asked(exampleRun('invalid')))
  assert.equal(status, 'failed')
  assert.deepEqual(statuses(run), ['succeeded', 'failed'])
  assert.deepEqual(run[1].exception, ['1 process alive, as before'])
})

test('a steady state that is gone afterwards has deviated', () => {
  const { deviated, steady_states } = journalOf(asked(exampleRun('met'), { heldAfter: false }))
  assert.equal(deviated, true)
  assert.equal(steady_states.after.probes[0].tolerance_met, false)
})

test('what a stopped or crashed run did not see of an experiment is null, and its status says why', () => {
  const { status, steady_states } = journalOf(exampleRun('crashed'))
  assert.deepEqual([status, steady_states.after], ['failed', null])
  const interrupted = exampleRun('interrupted')
  const early = withJournal(interrupted, (entry) => ('experiment' in entry ? [] : [entry]))
  const { status: ofInterrupted, run, duration } = journalOf(early)
  assert.deepEqual([ofInterrupted, run, duration], ['interrupted', [], 0])
})

test('no address, no token file and nothing of a manifest is in it; no character that a terminal obeys', () => {
  for (const state of ['met', 'crashed'] as const) {
    const text = textOf(withHostileNames(exampleRun(state)))
    assert.doesNotMatch(text, /https?:\/\/|tokenFile|manifest|labelSelectors/)
    assert.ok(!text.includes('\u001b') && !text.includes('\u202e'))
  }
})

/** The example with the answers of its one probe at the beginning and at the end of its experiment. */
function asked(example: Example, { heldAfter = true } = {}): Example {
  const of = { kind: 'hypothesis', experiment: 'kill-order-worker', probe: 'worker-alive', seen: '' } as const
  return withJournal(example, (entry) => {
    const head = { schema: entry.schema, atUs: entry.atUs }
    if (entry.kind === 'fault-injecting') return [{ ...head, ...of, when: 'before', held: true }, entry]
    if (entry.kind === 'fault-normal') return [entry, { ...head, ...of, when: 'after', held: heldAfter }]
    return [entry]
  })
}

function withJournal({ record, verdict }: Example, change: (entry: JournalEntry) => JournalEntry[]): Example {
  const journal = record.journal.flatMap(change)
  return { record: { ...record, journal }, verdict }
}

test('of an undo that failed and then was seen to work, the last word counts', () => {
  const { rollbacks } = journalOf(
    withJournal(exampleRun('met'), (entry) => {
      if (entry.kind !== 'fault-normal') return [entry]
      const { injection, experiment, schema, atUs } = entry
      const failed = { kind: 'undo-failed', by: 'harness', seen: 'still there' } as const
      return [{ schema, atUs, injection, experiment, ...failed }, entry]
    }),
  )
  assert.deepEqual(statuses(rollbacks), ['succeeded', 'succeeded'])
})

test('the status checks of a workflow stand in its method and in what was run', () => {
  const example = asked(exampleRun('met'))
  const check: PlannedCheck = {
    ...{ name: 'well', probe: {}, expects: 'it is well', atMs: 0, forMs: 9000, everyMs: 1000 },
    ...{ mode: 'continuous', successes: 1, failures: 3, aborts: false },
  }
  const { record, verdict } = withJournal(example, (entry) =>
    entry.kind === 'fault-undoing'
      ? [
          entry,
          {
            ...{ schema: entry.schema, atUs: entry.atUs, kind: 'status-check', check: 'well' },
            ...{ experiment: entry.experiment, held: false, seen: '3 times in a row' },
          },
        ]
      : [entry],
  )
  const experiments = record.plan.experiments.map((one) => ({ ...one, checks: [check] }))
  const { experiment, run } = journalOf({
    record: { ...record, plan: { ...record.plan, experiments } },
    verdict,
  })
  assert.deepEqual(experiment.method.at(-1).name, 'well')
  const { activity, output, tolerance_met } = run.at(-1)
  assert.deepEqual([activity.name, output, tolerance_met], ['well', 'not held: 3 times in a row', false])
})

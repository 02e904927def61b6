import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from './judge.ts'
import { at, JOURNAL, runWith, steadyLoad } from './testing/run.ts'

const interrupted = at(61_000, { kind: 'run-ended', outcome: 'interrupted' })

function whyStoppedBy(reason: string): string {
  const stopped = at(60_000, { kind: 'stopped', by: 'person', reason })
  const journal = [...JOURNAL.slice(0, 5), stopped, ...JOURNAL.slice(5, 8), interrupted]
  return judge(runWith({ journal, load: steadyLoad({ seconds: 60 }) })).why
}

test('a signal is named; Ctrl-C is a person', () => {
  assert.match(whyStoppedBy('Ctrl-C'), /^Stopped by a person at 1:00\.0, in worker-lost\./)
  assert.match(whyStoppedBy('SIGTERM'), /^Stopped by SIGTERM at 1:00\.0, in worker-lost\./)
})

test('a run that failed before its load says why, by the first line of what was said', () => {
  const failed = {
    kind: 'run-ended',
    outcome: 'failed',
    why: 'the target was never ready: exit 1\nTraceback',
  } as const
  const journal = [at(-2_000, { kind: 'run-started', run: 'r' }), at(-1_000, failed)]
  const { why } = judge(runWith({ journal, load: [], acks: [], facts: [], audits: [] }))
  assert.equal(why, 'The run failed before the load began: the target was never ready: exit 1.')
})

test('where there is no room to say that no phase came after it, that is left out whole', () => {
  const stopped = at(60_000, {
    kind: 'stopped',
    by: 'guard',
    reason: `worker-is-back ${'did '.repeat(20)}not hold`,
  })
  const aborted = at(61_000, { kind: 'run-ended', outcome: 'aborted' })
  const journal = [...JOURNAL.slice(0, 5), stopped, ...JOURNAL.slice(5, 8), aborted]
  assert.match(judge(runWith({ journal, load: steadyLoad({ seconds: 60 }) })).why, /not hold\.$/)
})

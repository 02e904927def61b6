import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunRecord } from '../../reports/run/index.ts'
import { at, JOURNAL, runWith, steadyLoad } from './testing/run.ts'
import { exitCodeUnjudged } from './unjudged.ts'

const ended = (outcome: 'interrupted' | 'failed') => at(61_000, { kind: 'run-ended', outcome })
const left = at(61_000, { kind: 'residue', found: ['process 4711'] })
const rows: readonly (readonly [title: string, changes: Partial<RunRecord>, code: number])[] = [
  ['was stopped', { journal: [...JOURNAL, ended('interrupted')] }, 22],
  ['was measured to its end', {}, 22],
  ['would be violated', { load: steadyLoad({ slow: 12 }) }, 22],
  ['failed', { journal: [...JOURNAL, ended('failed')] }, 24],
  ['left something behind', { journal: [...JOURNAL, left, ended('interrupted')] }, 25],
  ['has a fault that is not proven gone', { journal: withoutProof() }, 25],
]

function withoutProof() {
  return JOURNAL.filter((entry) => !('injection' in entry && entry.kind === 'fault-normal'))
}

for (const [title, changes, code] of rows)
  test(`a run that ${title} and is not judged ends with ${code}`, () => {
    assert.equal(exitCodeUnjudged(runWith(changes)), code)
  })

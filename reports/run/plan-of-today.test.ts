import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Errors } from 'typebox/value'
import { PlannedExperiment } from './plan.ts'
import { planOfToday } from './plan-of-today.ts'

const OF_ONE = {
  schema: 'gauntlet/plan/1',
  name: 'verify',
  seed: 7,
  experiments: [
    {
      ...{ name: 'kill-worker', title: 'A worker killed', why: 'It happens', phase: 'worker-lost' },
      hypothesis: [{ name: 'alive', kind: 'process', labels: { app: 'worker', tier: 'back' }, atLeast: 1 }],
      fault: { kind: 'process-kill', manifest: { kind: 'PodChaos' } },
      blastRadius: { labels: { app: 'worker' }, mode: 'one', value: 1 },
      rollbackWithinMs: 30_000,
      ...{ does: 'kills', undo: 'a replacement', proof: 'gone' },
    },
  ],
}

test('an experiment of plan/1 is one of today with a single fault, and nothing of it is lost', () => {
  const plan = planOfToday(OF_ONE) as { schema: string; experiments: unknown[] }
  assert.equal(plan.schema, 'gauntlet/plan/2')
  assert.deepEqual(Errors(PlannedExperiment, plan.experiments[0]), [])
  assert.deepEqual(plan.experiments, [
    {
      ...{ name: 'kill-worker', title: 'A worker killed', why: 'It happens', phase: 'worker-lost' },
      rollbackWithinMs: 30_000,
      hypothesis: [
        {
          name: 'alive',
          probe: {
            ...{ name: 'alive', kind: 'process' },
            ...{ labels: { app: 'worker', tier: 'back' }, atLeast: 1 },
          },
          expects: 'at least 1 alive with app=worker, tier=back',
        },
      ],
      faults: [
        {
          kind: 'process-kill',
          manifest: { kind: 'PodChaos' },
          atMs: 0,
          seed: 7,
          radius: 'one of the processes with app=worker',
          ...{ does: 'kills', undo: 'a replacement', proof: 'gone' },
        },
      ],
    },
  ])
})

test('what is no plan/1 is left as it is', () => {
  const today = { schema: 'gauntlet/plan/2', experiments: [] }
  assert.equal(planOfToday(today), today)
  assert.equal(planOfToday(undefined), undefined)
})

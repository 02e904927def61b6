import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Target } from '../../reports/run/index.ts'
import { selectVictim } from './blast-radius.ts'

const labels = { app: 'worker' }
const TARGET: Target = {
  schema: 'gauntlet/target/1',
  name: 'fixture',
  version: '1',
  addresses: {},
  processes: [
    { name: 'front', pid: 1, startedAt: 1, labels: { app: 'front' } },
    { name: 'worker-1', pid: 2, startedAt: 1, labels },
    { name: 'worker-2', labels },
    { name: 'worker-3', pid: 4, startedAt: 1, labels },
  ],
  links: [],
  switches: [],
  facts: [],
  logs: [],
}
const victimOf = (target: Target, seed: number) =>
  selectVictim(target, { labels, mode: 'one', value: 1 }, seed)

test('the seed decides which of the living processes with the labels is hit', () =>
  assert.deepEqual(
    [0, 1, 2].map((seed) => victimOf(TARGET, seed).name),
    ['worker-1', 'worker-3', 'worker-1'],
  ))

test('without a living process nothing is hit', () =>
  assert.throws(
    () => victimOf({ ...TARGET, processes: TARGET.processes.slice(2, 3) }, 1),
    /^GauntletError: 0 living processes of fixture have app=worker$/,
  ))

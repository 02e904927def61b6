import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import type { Target } from '../../reports/run/index.ts'
import { type BlastRadius, selectVictims } from './blast-radius.ts'

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
const victimsOf = (target: Target, seed: number, radius: Pick<BlastRadius, 'mode' | 'value'>) =>
  selectVictims(target, { selector: { labelSelectors: labels }, ...radius }, seed).map(({ name }) => name)
const ONE = { mode: 'one', value: '1' } as const

test('the seed decides which of the living processes with the labels is hit', () =>
  assert.deepEqual(
    [0, 1, 2].map((seed) => victimsOf(TARGET, seed, ONE)),
    [['worker-1'], ['worker-3'], ['worker-1']],
  ))

test('without a living process nothing is hit', () =>
  assert.throws(
    () => victimsOf({ ...TARGET, processes: TARGET.processes.slice(2, 3) }, 1, ONE),
    /^GauntletError: 0 living processes of fixture with app=worker$/,
  ))

for (const [radius, hit] of [
  [{ mode: 'all', value: '1' }, ['worker-3', 'worker-1']],
  [{ mode: 'fixed', value: '1' }, ['worker-3']],
  [{ mode: 'fixed', value: '9' }, ['worker-3', 'worker-1']],
  [{ mode: 'fixed-percent', value: '99' }, ['worker-3']],
] as const)
  test(`${radius.mode} ${radius.value} of two hits ${hit.join(' and ')}`, () =>
    assert.deepEqual(victimsOf(TARGET, 1, radius), hit))

test('percents are rounded down: 49 % of two hit nothing', () =>
  assert.throws(
    () => victimsOf(TARGET, 1, { mode: 'fixed-percent', value: '49' }),
    /^GauntletError: 49 % of 2 living processes of fixture with app=worker are none$/,
  ))

describe('a process that runs, and whose pid nobody tells', () => {
  const shared: Target = {
    ...TARGET,
    processes: [...TARGET.processes, { name: 'worker-4', state: 'ready', labels, port: 80 }],
  }

  it('shares its port where it was found by that: none of those who listen is hit, nor anybody beside it', () =>
    assert.throws(() => victimsOf(shared, 1, ONE), {
      code: 'PORT_SHARED',
      message: 'several processes listen on the port 80, and none of them alone is worker-4 of fixture',
      hint: /describe target\.control/,
    }))

  it('is passed over where a control tells of the others', () => {
    const control = { url: 'http://127.0.0.1:1', tokenFile: '/token' }
    assert.deepEqual(victimsOf({ ...shared, control }, 0, ONE), ['worker-1'])
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isReady } from './ready-again.ts'

const back = { name: 'back-1', labels: {} }

for (const [what, is, told] of [
  ['that says so', true, { pid: 7, state: 'ready' }],
  ['that tells no state, and is there', true, { pid: 7 }],
  ['that is still called ready, and has no pid any more', false, { state: 'ready' }],
  ['that begins', false, { pid: 7, state: 'starting' }],
  ['that tells nothing', false, {}],
] as const)
  test(`a process ${what} is ${is ? '' : 'not '}ready`, () => {
    assert.equal(isReady({ ...back, ...told }), is)
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Static } from 'typebox'
import { isSelected } from './selected.ts'
import type { LinkSelector } from './selector.ts'

const worker = { name: 'worker-1', labels: { app: 'worker', tier: 'back' } }

const CASES: readonly (readonly [Static<typeof LinkSelector>, boolean])[] = [
  [{ labelSelectors: { app: 'worker' } }, true],
  [{ labelSelectors: { app: 'worker', tier: 'front' } }, false],
  [{ fieldSelectors: { 'metadata.name': 'worker-1' } }, true],
  [{ fieldSelectors: { 'metadata.name': 'worker-2' }, labelSelectors: { app: 'worker' } }, false],
  [{ links: ['worker-1', 'b'] }, true],
  [{ links: ['b'] }, false],
  [{ expressionSelectors: [{ key: 'tier', operator: 'In', values: ['back'] }] }, true],
  [{ expressionSelectors: [{ key: 'zone', operator: 'In', values: ['a'] }] }, false],
  [{ expressionSelectors: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
  [{ expressionSelectors: [{ key: 'tier', operator: 'NotIn', values: ['back'] }] }, false],
  [{ expressionSelectors: [{ key: 'tier', operator: 'Exists' }] }, true],
  [{ expressionSelectors: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
]

for (const [selector, fits] of CASES)
  test(`${JSON.stringify(selector)} ${fits ? 'selects' : 'leaves out'} worker-1`, () =>
    assert.equal(isSelected(worker, selector), fits))

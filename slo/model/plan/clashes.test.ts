import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Measure, PlannedObjective } from '../../../reports/run/index.ts'
import { clashesOf } from './clashes.ts'

const request: Measure = { measure: 'request', name: 'search' }
const objective = (more: Partial<PlannedObjective>): PlannedObjective => ({
  ...{ name: 'a', title: 'A', advisory: false, phases: ['baseline'], evidence: 'sample', total: request },
  ...{ targetRatio: 0.95, promised: '', noun: 'requests' },
  ...more,
})
const within = (withinMs: number, targetRatio: number, more: Partial<PlannedObjective> = {}) =>
  objective({ good: { ...request, withinMs }, targetRatio, ...more })
const outcome = (part: 'good' | 'bad', outcome: string, targetRatio: number) =>
  objective({ [part]: { ...request, outcome }, targetRatio })
const limit = (op: 'lt' | 'lte' | 'gt' | 'gte', value: number, more: Partial<PlannedObjective> = {}) =>
  objective({ good: { ...request, limit: { op, value } }, ...more })
const mean = (op: 'lt' | 'gt', value: number) => objective({ statistic: 'mean', limit: { op, value } })

const rows: readonly (readonly [
  title: string,
  first: PlannedObjective,
  second: PlannedObjective,
  kind: 'impossible' | 'pointless' | 'the first is pointless' | 'nothing',
])[] = [
  [
    'a stricter limit for more of them says all',
    within(300, 0.95),
    within(200, 0.99),
    'the first is pointless',
  ],
  ['the order of the two is told', within(200, 0.99), within(300, 0.95), 'pointless'],
  ['a stricter limit for fewer of them says something else', within(300, 0.99), within(200, 0.95), 'nothing'],
  [
    'how many are fast says nothing of how many fail',
    within(300, 0.95),
    outcome('good', 'ok', 0.999),
    'nothing',
  ],
  [
    'as many fast as may fail: the failed are slow',
    within(300, 0.999),
    outcome('good', 'ok', 0.99),
    'pointless',
  ],
  ['most fast and most slow', within(300, 0.6), limit('gt', 500, { targetRatio: 0.6 }), 'impossible'],
  ['half fast and half slow', within(300, 0.5), limit('gt', 500, { targetRatio: 0.5 }), 'nothing'],
  ['a limit on both its sides', limit('lt', 5), limit('gte', 5), 'impossible'],
  ['a limit that belongs to both sides', limit('lte', 5), limit('gte', 5), 'nothing'],
  [
    'most answered well and most timed out',
    outcome('good', 'ok', 0.9),
    outcome('good', 'timeout', 0.9),
    'impossible',
  ],
  ['hardly any may be ok, and most are', outcome('bad', 'ok', 0.9), outcome('good', 'ok', 0.9), 'impossible'],
  [
    'hardly any time out, and most are ok',
    outcome('bad', 'timeout', 0.9),
    outcome('good', 'ok', 0.9),
    'the first is pointless',
  ],
  ['a mean below and above', mean('lt', 200), mean('gt', 300), 'impossible'],
  ['a mean below, and further below', mean('lt', 200), mean('lt', 100), 'the first is pointless'],
  ['a mean says nothing of a share', mean('lt', 200), within(300, 0.95), 'nothing'],
  ['the same asked twice', within(300, 0.95), within(300, 0.95), 'the first is pointless'],
  ['other phases', within(300, 0.95), within(200, 0.99, { phases: ['recovery'] }), 'nothing'],
  ['other requests', within(300, 0.95), within(200, 0.99, { total: { measure: 'request' } }), 'nothing'],
  ['slices of time', within(300, 0.95), within(200, 0.99, { slices: { lengthMs: 60_000 } }), 'nothing'],
  [
    'slices of time: some of them fast and others slow',
    within(300, 0.6, { slices: { lengthMs: 60_000 } }),
    limit('gt', 500, { targetRatio: 0.6, slices: { lengthMs: 60_000 } }),
    'nothing',
  ],
  ['what is only shown', within(300, 0.95), within(200, 0.99, { advisory: true }), 'nothing'],
  [
    'what is only shown beside what counts',
    within(300, 0.95, { advisory: true }),
    within(200, 0.99),
    'the first is pointless',
  ],
]

for (const [title, first, second, kind] of rows)
  test(`${title}: ${kind}`, () => {
    const pair = [
      { ...first, name: 'first' },
      { ...second, name: 'second' },
    ]
    const [clash, more] = clashesOf(pair)
    assert.equal(more, undefined)
    if (kind === 'nothing') assert.equal(clash, undefined)
    else if (kind === 'impossible') assert.equal(clash?.kind, 'impossible')
    else
      assert.deepEqual(
        [clash?.kind, clash?.first.name],
        ['pointless', kind === 'pointless' ? 'second' : 'first'],
      )
  })

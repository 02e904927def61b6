import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latenessLimitMs } from './lateness-limit.ts'
import type { Measure, PlannedObjective } from './plan.ts'

function objective(good: Measure): PlannedObjective {
  const words = { name: 'one', title: 'One', promised: '95 %', noun: 'events', advisory: false }
  return {
    ...words,
    phases: ['all'],
    evidence: 'sample',
    total: { measure: good.measure },
    good,
    targetRatio: 0.95,
  }
}
const report = objective({ measure: 'request', withinMs: 10_000 })
const cart = objective({ measure: 'metric', limit: { op: 'lte', value: 3 } })
const reply = objective({ measure: 'metric', withinMs: 300 })
const page = objective({ measure: 'page', withinMs: 1500 })
const mean = {
  ...cart,
  total: { measure: 'request' },
  statistic: 'mean',
  limit: { op: 'lt', value: 400 },
} as const
const visit = objective({ measure: 'iteration', withinMs: 2000 })

const rows: readonly [because: string, objectives: readonly PlannedObjective[], limitMs: number][] = [
  ['5 % of the only latency', [report], 500],
  ['three items in a cart are no time', [report, cart], 500],
  ["a late start adds nothing to a metric's value or a page", [report, reply, page], 500],
  ['the smallest latency, of iterations too', [report, visit], 100],
  ['the smallest latency, of a mean too', [report, mean], 20],
  ['the mean of items in a cart is no time', [report, { ...mean, total: cart.total }], 500],
  ['a member of a composite promises as much', [{ ...cart, members: [member(cart), member(visit)] }], 100],
  ['less than 10 ms is noise', [objective({ measure: 'request', withinMs: 50 })], 10],
  ['without any latency nothing may be later than 10 ms', [cart], 10],
]
function member({ total, good, targetRatio }: PlannedObjective) {
  return { weight: 1, total, ...(good && { good }), targetRatio }
}
for (const [because, objectives, limitMs] of rows)
  test(`an iteration starts late after ${limitMs} ms: ${because}`, () => {
    assert.equal(latenessLimitMs(objectives), limitMs)
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RateStage } from '../../../../reports/run/plan.ts'
import { DueTimes } from './due-times.ts'

const rate = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0, max: 50, noNaN: true }),
  fc.integer({ min: 1, max: 50 }),
)
const stages = fc.array(
  fc.record({ to: rate, durationMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })) }),
  { minLength: 1, maxLength: 5 },
)

/** Each begins at the rate at which the one before it ends, as in k6. */
function joined(first: number, list: readonly { to: number; durationMs: number }[]): RateStage[] {
  let fromPerSecond = first
  return list.map(({ to, durationMs }) => {
    const stage = { fromPerSecond, toPerSecond: to, durationMs }
    fromPerSecond = to
    return stage
  })
}

/** The oracle: iterations due until a moment, added up in small steps of time; it knows no formula for a ramp. */
function iterationsUntil(plan: readonly RateStage[], seconds: number): number {
  const STEPS = 2000
  let [left, sum] = [seconds, 0]
  for (const { fromPerSecond, toPerSecond, durationMs } of plan) {
    const length = durationMs / 1000
    const step = Math.min(left, length) / STEPS
    for (let n = 0; n < STEPS && step > 0; n += 1)
      sum += step * (fromPerSecond + (toPerSecond - fromPerSecond) * (((n + 0.5) * step) / length))
    left = Math.max(0, left - length)
  }
  return sum
}

test('when the n-th iteration is due, as many are due as the rate adds up to', () => {
  fc.assert(
    fc.property(rate, stages, (first, list) => {
      const plan = joined(first, list)
      const due = new DueTimes(plan)
      const total = iterationsUntil(plan, due.lengthSeconds)
      for (const n of new Set([1, 2, Math.floor(total / 2), Math.floor(total)])) {
        const afterUs = n < 1 ? undefined : due.afterFirstUs(n - 1)
        if (afterUs === undefined) assert.ok(n < 1 || n > total - 1e-6, `${n} of ${total} is due`)
        else assert.ok(Math.abs(iterationsUntil(plan, due.firstSeconds + afterUs / 1e6) - n) < 1e-5 * (1 + n))
      }
    }),
    { numRuns: 300 },
  )
})

test('no iteration is due before an earlier one', () => {
  fc.assert(
    fc.property(rate, stages, (first, list) => {
      const due = new DueTimes(joined(first, list))
      let before = 0
      for (let n = 0; n < 100; n += 1) {
        const afterUs = due.afterFirstUs(n) ?? due.lengthSeconds * 1e6
        assert.ok(afterUs >= before - 1e-6)
        before = afterUs
      }
    }),
  )
})

const rows: readonly [
  because: string,
  plan: RateStage[],
  firstSeconds: number,
  afterFirstMs: (number | undefined)[],
][] = [
  ['a steady rate is even', joined(10, [{ to: 10, durationMs: 400 }]), 0.1, [0, 100, 200, 300, undefined]],
  [
    'a ramp from nothing is first due when it adds up to one',
    joined(0, [{ to: 2, durationMs: 1000 }]),
    1,
    [0, undefined],
  ],
  [
    'a ramp down stretches out',
    joined(4, [{ to: 0, durationMs: 1000 }]),
    1 - Math.SQRT1_2,
    [0, 1000 * Math.SQRT1_2, undefined],
  ],
  [
    'a rate can jump',
    joined(1, [
      { to: 1, durationMs: 2000 },
      { to: 10, durationMs: 0 },
      { to: 10, durationMs: 200 },
    ]),
    1,
    [0, 1000, 1100, 1200, undefined],
  ],
]
for (const [because, plan, firstSeconds, afterFirstMs] of rows)
  test(because, () => {
    const due = new DueTimes(plan)
    const rounded = (value: number | undefined) =>
      value === undefined ? undefined : Math.round(value * 1e6) / 1e6
    assert.equal(rounded(due.firstSeconds), rounded(firstSeconds))
    assert.equal(due.count, afterFirstMs.length - 1)
    const seen = afterFirstMs.map((_, n) => due.afterFirstUs(n))
    assert.deepEqual(
      seen.map((us) => rounded(us === undefined ? us : us / 1000)),
      afterFirstMs.map(rounded),
    )
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, PlannedObjective } from '../../../reports/run/index.ts'
import { isNoWorse } from '../../../slo/judge/statistics/paired-comparison-shares.ts'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { chosenPairs } from './chosen-pairs.ts'
import { drawSchedule, lengthMs } from './schedule.ts'
import { answeredObjective, latencyObjective, meanObjective } from './testing/record.ts'

const schedule = drawSchedule({ seed: 1, pairs: 30, blockMs: 1_000 })
const [scenario] = RECORDED_PLAN.load
const [phase] = RECORDED_PLAN.phases

function planOf(ratePerSecond: number, objectives: readonly PlannedObjective[]): Plan {
  const durationMs = lengthMs(schedule)
  return {
    ...RECORDED_PLAN,
    load: [
      {
        ...scenario!,
        name: 'browse',
        executor: { kind: 'constant-arrival-rate', ratePerSecond, durationMs, preAllocatedVus: 10 },
      },
    ],
    phases: [{ ...phase!, name: 'compared', startMs: 0, durationMs, load: true }],
    objectives: [...objectives],
  }
}

const strict = { ...answeredObjective, targetRatio: 0.999 }
const chosen = (plan: Plan, pairs?: number, allowUndecidable = false): number =>
  chosenPairs({ allowUndecidable, ...(pairs === undefined ? {} : { pairs }) }, { plan, schedule })

test('without a number as many pairs are taken as decide the strictest share when none is bad, one in ten lost', () => {
  const pairs = chosen(planOf(150, [latencyObjective, strict]))
  // ln 0.025 ÷ ln 0.9995 = 7,376 events, 127.5 a pair: 58 of 65 pairs
  assert.equal(pairs, 65)
  const clean = { events: Math.floor(0.9 * pairs * 127.5), bad: 0 }
  assert.ok(isNoWorse({ base: clean, head: clean }, 0.0005))
})

test('a number that can decide nothing though none be bad is refused, naming the one that can', () => {
  const plan = planOf(150, [strict])
  assert.equal(chosen(plan, 58), 58)
  assert.throws(() => chosen(plan, 57), { code: 'UNDECIDABLE', hint: /--pairs 58\b/ })
  assert.equal(chosen(plan, 57, true), 57)
})

test('nothing promised of shares leaves the fewest pairs, as does what is advisory or not compared', () => {
  assert.equal(chosen(planOf(150, [latencyObjective])), 30)
  assert.equal(chosen(planOf(150, [{ ...strict, advisory: true }])), 30)
  assert.equal(chosen(planOf(150, [{ ...strict, evidence: 'census' }])), 30)
})

test('that all requests are answered well must be decided too: 367 of them, and of a mean as many', () => {
  // 4.25 and 8.5 a pair: 87 and 44 pairs, and a tenth
  assert.equal(chosen(planOf(5, [latencyObjective])), 97)
  assert.equal(chosen(planOf(10, [meanObjective])), 49)
})

test('what takes longer than an hour unasked, or a day asked for, is refused', () => {
  const plan = planOf(10, [{ ...answeredObjective, targetRatio: 0.9999 }])
  assert.throws(() => chosen(plan), { code: 'UNDECIDABLE', message: /1 h/, hint: /--pairs 8680\b/ })
  assert.equal(chosen(plan, 8_680), 8_680)
  assert.throws(() => chosen(plan, 43_199), { code: 'TOO_LONG', hint: /^at most 43198 pairs of 2 s/ })
})

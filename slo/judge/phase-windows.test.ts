import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phaseWindows } from '../../reports/run/index.ts'
import { at, INJECTION, JOURNAL, PLAN } from './testing/run.ts'

const spans = (journal: Parameters<typeof phaseWindows>[1], plan = PLAN) =>
  phaseWindows(plan, journal).map(({ phase, fromSecond, toSecond }) => [phase, fromSecond, toSecond])

test('without a fault in the journal the phases are those of the plan', () => {
  assert.deepEqual(spans([at(0, { kind: 'second-zero' })]).slice(0, 3), [
    ['baseline', 0, 45],
    ['worker-lost', 45, 75],
    ['recovery', 75, 95],
  ])
})

test('a fault takes the second before its injection and the seconds until 1 s after its undo', () => {
  assert.deepEqual(spans(JOURNAL).slice(0, 3), [
    ['baseline', 0, 44],
    ['worker-lost', 44, 77],
    ['recovery', 77, 95],
  ])
})

test('recovery begins only when the probe reads normal', () => {
  const late = JOURNAL.map((one) =>
    one.kind === 'fault-normal' ? { ...one, atUs: one.atUs + 9_000_000 } : one,
  )
  assert.deepEqual(spans(late)[2], ['recovery', 85, 95])
})

test('a fault that never reads normal leaves nothing of the phases after it', () => {
  const never = JOURNAL.filter(({ kind }) => kind !== 'fault-normal')
  assert.deepEqual(spans(never).slice(2, 3), [['recovery', 95, 95]])
})

const second = { ...INJECTION, injection: INJECTION.injection.replace(/1$/, '2') }
const AT_TWO = [
  ...JOURNAL,
  at(46_020, { kind: 'fault-injected', ...second }),
  at(75_900, { kind: 'fault-undone', ...second, by: 'harness' }),
  at(79_400, { kind: 'fault-normal', ...second, by: 'harness', seen: '1 ready' }),
]

test('a fault at two victims lasts until the last of them reads normal', () =>
  assert.deepEqual(spans(AT_TWO).slice(0, 3), [
    ['baseline', 0, 44],
    ['worker-lost', 44, 80],
    ['recovery', 80, 95],
  ]))

test('one victim that reads normal does not hide another that never did', () => {
  const never = AT_TWO.filter((one) => one.kind !== 'fault-normal' || one.injection === second.injection)
  assert.deepEqual(spans(never)[2], ['recovery', 95, 95])
})

test('an undo before the end of its phase does not shorten it', () => {
  const early = JOURNAL.map((one) =>
    one.kind === 'fault-undone' || one.kind === 'fault-normal'
      ? { ...one, atUs: one.atUs - 20_000_000 }
      : one,
  )
  assert.deepEqual(spans(early)[1], ['worker-lost', 44, 75])
})

const OTHER = { injection: INJECTION.injection.replace('kill', 'other'), experiment: 'other' }

test('a fault of another experiment moves nothing', () => {
  const other = [at(0, { kind: 'second-zero' }), at(20_000, { kind: 'fault-injected', ...OTHER })]
  assert.deepEqual(spans(other)[0], ['baseline', 0, 45])
})

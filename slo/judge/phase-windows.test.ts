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

const TWICE = {
  ...PLAN,
  phases: [
    ...PLAN.phases.slice(0, 3),
    { ...PLAN.phases[1]!, name: 'lost-again', startMs: 95_000 },
    { ...PLAN.phases[2]!, name: 'recovered-again', startMs: 125_000 },
  ],
}
const again = { ...INJECTION, injection: INJECTION.injection.replace(/1$/, '2') }
const SECOND = [
  at(95_020, { kind: 'fault-injected', ...again }),
  at(125_100, { kind: 'fault-undone', ...again, by: 'harness' }),
  at(125_400, { kind: 'fault-normal', ...again, by: 'harness', seen: '1 ready' }),
]

test('each phase of an experiment that comes twice is moved by its own injection', () => {
  assert.deepEqual(spans([...JOURNAL, ...SECOND], TWICE), [
    ['baseline', 0, 44],
    ['worker-lost', 44, 77],
    ['recovery', 77, 94],
    ['lost-again', 94, 127],
    ['recovered-again', 127, 145],
  ])
})

test('a second injection that reads normal does not hide a first that never did', () => {
  const never = JOURNAL.filter(({ kind }) => kind !== 'fault-normal')
  assert.deepEqual(spans([...never, ...SECOND], TWICE).at(-1), ['recovered-again', 145, 145])
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

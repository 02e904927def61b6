import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instrument } from '../run/evidence.ts'
import type { GeneratorSecond } from '../run/generator-shares.ts'
import type { RunRecord } from '../run/record.ts'
import type { FaultVerdict, Finding } from '../run/verdict.ts'
import { checks } from './checks.ts'
import { toPageData } from './page-data.ts'
import { exampleRun } from './testing/index.ts'
import { finding } from './testing/verdict.ts'

test('a check is tainted where the verdict has a finding, and what was not measured says so', () => {
  const example = exampleRun('invalid')
  const tainted = toPageData(example.record, example.verdict).checks.filter(
    ({ state }) => state === 'tainted',
  )
  assert.deepEqual(
    tainted.map(({ name, measured }) => [name, measured]),
    [
      ['Gaps in the sample stream', '2 s'],
      ['Faults not confirmed from the outside', '1 of 1'],
    ],
  )
  const { record, verdict } = exampleRun('crashed')
  assert.equal(checks(record, verdict)[0]?.state, 'not measured')
})

test('whatever the finding is, the check that it rests on is tainted and shows what is wrong', () => {
  const { record, verdict } = exampleRun('met')
  const tainted = (changes: Partial<RunRecord>, found: Finding, faults = verdict.faults) =>
    checks({ ...record, ...changes }, { ...verdict, faults, findings: [found] })
      .filter(({ state }) => state === 'tainted')
      .map(({ name, measured }) => [name, measured])
  assert.deepEqual(tainted({ instrument: null }, finding('stream-unreadable')), [
    ['What the load says of itself', 'missing: no evidence/instrument.json'],
  ])
  const unreadable = ['journal.ndjson:7 is not JSON']
  assert.deepEqual(tainted({ unreadable }, finding('stream-unreadable')), [
    ['Lines of the record that could not be read', '1'],
  ])
  const missed = verdict.faults.map((fault) => ({ ...fault, proof: 'not injected' as const }))
  const unproven = finding('fault-unproven', { scope: 'experiment', name: 'kill-order-worker' })
  assert.deepEqual(tainted({}, unproven, missed), [['Faults not confirmed from the outside', '1 of 1']])
})

test('the check of iterations names the scenarios that completed none, and is sound only when there are none', () => {
  const { record, verdict } = exampleRun('met')
  const iterations = record.instrument!.iterations.map((one) =>
    one.scenario === 'order' ? { ...one, completed: 0, interrupted: 1051 } : one,
  )
  const checkOf = (changes: Partial<Instrument>, findings: Finding[] = []) => {
    const instrument = { ...record.instrument!, ...changes }
    const all = checks({ ...record, instrument }, { ...verdict, findings })
    const found = all.find(({ name }) => name === 'Iterations completed')
    return [found?.measured, found?.state]
  }
  assert.deepEqual(checkOf({}), ['15,750', 'sound'])
  assert.deepEqual(checkOf({ iterations }), ['none of order', 'counted'])
  const idle = finding('no-iteration-completed', { scope: 'scenario', name: 'order' })
  assert.deepEqual(checkOf({ iterations: iterations.slice(0, 2) }, [idle]), ['none of order', 'tainted'])
})

test('a check of faults is sound only when a fault was there to be checked', () => {
  const { record, verdict } = exampleRun('crashed')
  const faultCheck = (proof: FaultVerdict['proof']) => {
    const faults = verdict.faults.map((fault) => ({ ...fault, proof }))
    const found = checks(record, { ...verdict, faults }).find(({ name }) => name.startsWith('Faults'))
    return [found?.measured, found?.state]
  }
  assert.deepEqual(faultCheck('confirmed'), ['0 of 1', 'sound'])
  assert.deepEqual(faultCheck('unproven'), ['1 of 1', 'counted'])
  assert.deepEqual(faultCheck('not injected'), ['none injected', 'not measured'])
})

/** Each of the 105 s of load as sound as can be, but for the judged seconds of worker-lost, from 54 to 87. */
function generatorSeen(inFault: Partial<GeneratorSecond>): Instrument {
  const sound = {
    starts: 100,
    lateStarts: 0,
    startLatenessP99Ms: 1,
    runQueueRatio: 0,
    lagMs: 9,
    clockStepMs: 0,
  }
  const seconds = Array.from({ length: 105 }, (_, second) => ({
    ...{ ...sound, second },
    ...(second >= 54 && second < 87 ? inFault : {}),
  }))
  return { ...exampleRun('met').record.instrument!, seconds }
}
const meterOf = (instrument: Instrument, name: RegExp, findings: Finding[] = []) => {
  const { record, verdict } = exampleRun('met')
  const found = checks({ ...record, instrument }, { ...verdict, findings }).find((one) => name.test(one.name))
  return [found?.measured, found?.state, found?.why]
}

test('what is over its limit without a finding is not called sound, and says what a finding would need', () => {
  const late = (lateStarts: number, found: Finding[] = []) =>
    meterOf(generatorSeen({ lateStarts }), /^Iterations started over/, found)
  assert.deepEqual(late(0), ['0 %', 'sound', undefined])
  assert.deepEqual(late(0.9), ['0.9 %', 'near', undefined])
  assert.deepEqual(late(4), ['4 %', 'over', 'too few to be beyond doubt: no finding'])
  assert.deepEqual(late(4, [finding('late-starts')]), ['4 %', 'tainted', undefined])
  assert.deepEqual(meterOf(generatorSeen({ runQueueRatio: 0.6 }), /^Generator waiting/), [
    '30 %',
    'over',
    '10.4 % in all phases together: no finding',
  ])
  const hardly = meterOf(generatorSeen({ lateStarts: 1.5 }), /^Iterations started over/)
  assert.deepEqual(hardly, ['1.5 %', 'over', '0.521 % in all phases together: no finding'])
})

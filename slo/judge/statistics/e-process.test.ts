import assert from 'node:assert/strict'
import { test } from 'node:test'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import fc from 'fast-check'
import { ALPHA, type Counts } from './bad-ratio.ts'
import { eProcess, logMixture } from './e-process.ts'
import { mulberry32 } from './mulberry32.ts'
import { autoregressive, badSeconds } from './testing/noise.ts'

const close = (actual: number, expected: number): void =>
  assert.ok(
    Math.abs(actual - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  )

// Laplace's rule of succession: the mixture foretells the next event as (k+1)/(n+2), and E is the product of the odds.
function logBySuccession(isBad: readonly boolean[], allowed: number): number {
  let bad = 0
  return isBad.reduce((sum, isBadNow, n) => {
    const foretold = (bad + 1) / (n + 2)
    if (isBadNow) bad += 1
    return sum + Math.log(isBadNow ? foretold / allowed : (1 - foretold) / (1 - allowed))
  }, 0)
}

const ratio = fc.double({ min: 0.0005, max: 0.9, noNaN: true })

test('E is the product of what was foretold over what is allowed, event by event', () =>
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }), ratio, (isBad, allowed) => {
      const counts = { events: isBad.length, bad: isBad.filter(Boolean).length }
      close(logMixture(counts, allowed), logBySuccession(isBad, allowed))
    }),
  ))

test('parts of events are the mixture too, added up in small steps', () => {
  const counts = { events: 7.4, bad: 2.6 }
  const steps = 1e5
  let sum = 0
  for (let n = 0; n < steps; n += 1) {
    const q = (n + 0.5) / steps
    sum += Math.exp(2.6 * Math.log(q / 0.1) + 4.8 * Math.log((1 - q) / 0.9)) / steps
  }
  assert.ok(Math.abs(logMixture(counts, 0.1) - Math.log(sum)) < 1e-6)
})

const logBinomial = (k: number, n: number, p: number): number => {
  let log = 0
  for (let i = 0; i < k; i += 1) log += Math.log((n - i) / (i + 1))
  return log + k * Math.log(p) + (n - k) * Math.log1p(-p)
}

test('what counts of E is worth at most 1 on average, when the ratio is kept or better than that', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      ratio,
      fc.integer({ min: 1, max: 100 }),
      (events, allowed, percent) => {
        const actual = (allowed * percent) / 100
        let mean = 0
        for (let bad = 0; bad <= events; bad += 1)
          if (bad > allowed * events)
            mean += Math.exp(logBinomial(bad, events, actual) + logMixture({ events, bad }, allowed))
        assert.ok(mean <= 1 + 1e-9, `${mean}`)
      },
    ),
  ))

/** The second of the alarm, from 1; null when there was none. */
function alarmAt(seconds: readonly Counts[], allowed: number): number | null {
  const process = eProcess(allowed)
  const found = seconds.findIndex((second) => process.add(second))
  return found === -1 ? null : found + 1
}

const steady = (seconds: number, events: number, bad: number): Counts[] =>
  new Array(seconds).fill({ events, bad })

const outages: readonly (readonly [cleanSeconds: number, alarmSeconds: number])[] = [
  [0, 4],
  [60, 5],
  [300, 6],
  [3600, 10],
]
for (const [clean, alarm] of outages)
  test(`after ${clean} s of good service a total outage at 99.9 % alarms in second ${alarm}`, () =>
    assert.equal(alarmAt([...steady(clean, 200, 0), ...steady(60, 200, 200)], 0.001), clean + alarm))

test('one second in which everything fails is no alarm', () =>
  assert.equal(alarmAt([...steady(20, 200, 0), ...steady(1, 200, 200), ...steady(20, 200, 0)], 0.001), null))

test('a ratio that is kept for two hours never alarms, however large the counts', () =>
  assert.equal(alarmAt(steady(7_200, 1e12, 1e9), 0.001), null))

test('a ratio far better than allowed is no evidence that it is worse', () =>
  assert.equal(alarmAt(steady(600, 200, 20), 0.5), null))

test('what is alarmed stays alarmed', () => {
  const process = eProcess(0.001)
  for (const second of steady(10, 200, 200)) process.add(second)
  assert.ok(steady(500, 200, 0).every((second) => process.add(second)))
})

test('where nothing may be bad the first bad event alarms, and where all may be nothing does', () => {
  assert.equal(alarmAt(steady(10, 200, 1), 0), 1)
  assert.equal(alarmAt(steady(10, 200, 0), 0), null)
  assert.equal(alarmAt(steady(600, 200, 200), 1), null)
})

const nothing: readonly Counts[] = [
  { events: 0, bad: 0 },
  { events: Number.NaN, bad: 1 },
  { events: 10, bad: Number.NaN },
  { events: 10, bad: 11 },
  { events: -1, bad: -1 },
  { events: Number.POSITIVE_INFINITY, bad: 1 },
]
for (const second of nothing)
  test(`${second.bad} bad of ${second.events} are no evidence`, () => {
    const process = eProcess(0.001)
    assert.ok(!process.add(second))
    assert.ok(process.logEvidence <= 0)
  })

// The table in e-process.ts, with fewer runs; a false alarm in more than 5 % of 200 would be 20.
const cells: readonly (readonly [eventsPerSecond: number, phi: number, allowed: number])[] = [
  [10, 0.99, 0.05],
  [10, 0.99, 0.001],
  [20, 0.99, 0.05],
  [100, 0.99, 0.01],
  [100, 0.5, 0.05],
]
for (const [eventsPerSecond, phi, allowed] of cells)
  test(`${eventsPerSecond}/s at φ ${phi}, looked at each second of ten minutes, alarm falsely in at most 5 % at ${allowed}`, () => {
    const limit = normalQuantile(1 - allowed, 0, 1)
    let alarms = 0
    for (let seed = 1; seed <= 200; seed += 1) {
      const noise = autoregressive(phi, mulberry32(seed))
      if (alarmAt(badSeconds({ seconds: 600, eventsPerSecond, limit, noise }), allowed) !== null) alarms += 1
    }
    assert.ok(alarms <= 10, `${alarms} of 200`)
  })

test(`the threshold is 1/α = ${1 / ALPHA}`, () => {
  const process = eProcess(0.001)
  while (!process.add({ events: 200, bad: 200 })) assert.ok(process.logEvidence < Math.log(40))
  assert.ok(process.logEvidence >= Math.log(40))
})

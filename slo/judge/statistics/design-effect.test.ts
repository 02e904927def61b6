import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chiSquaredDistributionTable, mean, sampleCorrelation, sampleVariance } from 'simple-statistics'
import { type Counts, lowerBound } from './bad-ratio.ts'
import { type DesignEffect, designEffect, type Stretch } from './design-effect.ts'
import { mulberry32 } from './mulberry32.ts'
import { lowerBoundOfCaused, outages } from './outage.ts'

const PER_SECOND = 50

/** Seconds of as many events each. */
const steady = (...bad: number[]): Stretch => bad.map((one) => ({ events: PER_SECOND, bad: one }))
const seconds = (length: number, badIn: (second: number) => number): Stretch =>
  steady(...Array.from({ length }, (_, n) => badIn(n)))

const silence = (length: number): Stretch => Array.from({ length }, () => ({ events: 0, bad: 0 }))

/** The formula as the rule has it, with ratios of equal batches, by another library. */
function asInTheRule(stretch: Stretch, length: number): { effect: number; lag1: number } {
  const ratios = Array.from({ length: Math.floor(stretch.length / length) }, (_, n) =>
    mean(stretch.slice(n * length, (n + 1) * length).map(({ bad }) => bad / PER_SECOND)),
  )
  const all = mean(stretch.map(({ bad }) => bad / PER_SECOND))
  const average = mean(ratios)
  const squares = ratios.map((one) => (one - average) ** 2)
  const lag1 = ratios.slice(1).reduce((sum, one, n) => sum + (one - average) * (ratios[n]! - average), 0)
  return {
    effect: (length * PER_SECOND * sampleVariance(ratios)) / (all * (1 - all)),
    lag1: lag1 / squares.reduce((sum, one) => sum + one, 0),
  }
}

// 15 degrees of freedom at 5 %: 7.26, from the library's printed table
const WIDENED_15 = 15 / chiSquaredDistributionTable[15]![0.95]!

test('of 16 s it is the variance of the bad ratio beside the binomial one, widened for so few', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: PER_SECOND }), { minLength: 16, maxLength: 16 }),
      (bad) => {
        const stretch = steady(...bad)
        const total = bad.reduce((sum, one) => sum + one, 0)
        if (total === 0 || total === 16 * PER_SECOND) return
        const { effect, lag1 } = asInTheRule(stretch, 1)
        const found = designEffect([[stretch]])
        assert.ok(Math.abs(found.value - Math.max(1, effect * WIDENED_15)) < 0.01 * found.value)
        if (new Set(bad).size > 1) assert.equal(found.settled, lag1 < 1 / 4 + 0.05)
      },
    ),
  ))

test('events that come in bursts of ten count for a tenth or less', () => {
  const random = mulberry32(1)
  const alone = designEffect([
    [seconds(600, () => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0].filter(() => random() < 0.1).length)],
  ])
  const bursts = designEffect([[seconds(600, () => (random() < 0.1 ? 10 : 0))]])
  assert.ok(alone.value < 1.3, `independent: ${alone.value}`)
  assert.ok(bursts.value > 8 && bursts.value < 14, `in tens: ${bursts.value}`)
})

test('a slow wander is followed over longer and longer batches', () => {
  const wave = designEffect([[seconds(640, (n) => (n % 20 < 10 ? 6 : 0))]])
  assert.ok(wave.batchLength >= 8, `batches of ${wave.batchLength} s`)
})

const shapes: readonly (readonly [title: string, stretches: Stretch[], found: Partial<DesignEffect>])[] = [
  [
    'nothing bad hangs together with nothing',
    [seconds(60, () => 0)],
    { value: 1, settled: true, clusters: 0 },
  ],
  ['all bad has no variance either', [seconds(60, () => PER_SECOND)], { value: 1, settled: true }],
  ['fifteen seconds are too few, even when clean', [seconds(15, () => 0)], { batches: 0, settled: false }],
  [
    'an outage shorter than a batch is one, also where two batches share it',
    [seconds(62, (n) => (n === 31 || n === 32 ? 4 : 0))],
    { batchLength: 2, clusters: 1, settled: true },
  ],
  [
    'two such are two',
    [seconds(62, (n) => ([5, 6, 31, 32].includes(n) ? 4 : 0))],
    { clusters: 4, settled: false },
  ],
  ['one long outage never settles', [seconds(60, (n) => (n < 20 ? PER_SECOND : 0))], { settled: false }],
  [
    'a phase that was bad throughout beside one that was good is no chance, so nothing is widened for it',
    [seconds(30, () => 0), seconds(30, () => PER_SECOND)],
    { value: 1, settled: true },
  ],
  [
    'seconds of two phases are never in one batch',
    [seconds(9, () => 1), seconds(9, () => 1)],
    { batches: 18 },
  ],
  [
    'seconds that are all alike vary by rounding alone, which does not hang together',
    [seconds(44, () => 7), seconds(18, () => 7)],
    { value: 1, settled: true },
  ],
  [
    'silent seconds before and after make ten seconds no longer',
    [[...silence(20), ...seconds(10, () => 0), ...silence(20)]],
    { batches: 0, settled: false },
  ],
  ['no seconds at all decide nothing', [], { value: 1, batches: 0, settled: false }],
]
for (const [title, stretches, expected] of shapes)
  test(title, () => {
    const found = designEffect(stretches.map((stretch) => [stretch]))
    for (const [key, value] of Object.entries(expected))
      assert.equal(found[key as keyof DesignEffect], value, key)
  })

test('how far events hang together does not depend on where batches happen to begin', () => {
  const outageAt = (start: number): DesignEffect =>
    designEffect([[seconds(62, (n) => (n === start || n === start + 1 ? 4 : 0))]])
  const [whole, cut] = [outageAt(30), outageAt(31)]
  assert.ok(Math.abs(whole.value - cut.value) < 0.1 * whole.value, `${whole.value}, ${cut.value}`)
})

test('neighbours that are alike are seen by their correlation', () => {
  const random = mulberry32(7)
  let level = 5
  const wander = seconds(400, () => {
    level = Math.max(0, Math.min(20, level + Math.round(random() * 4 - 2)))
    return level
  })
  const bad = wander.map((one: Counts) => one.bad)
  assert.ok(sampleCorrelation(bad.slice(1), bad.slice(0, -1)) > 0.8, 'the example wanders')
  assert.ok(designEffect([[wander]]).batchLength > 1)
})

test('an outage is one however many of its seconds were bad, and ends with the first good one', () => {
  const found = outages([seconds(10, (n) => (n >= 2 && n < 5 ? 40 : n === 7 ? 10 : 0))], 0.05)
  assert.deepEqual(found, [
    { stretch: 0, bad: 120, length: 3 },
    { stretch: 0, bad: 10, length: 1 },
  ])
})

test('seconds in which no more was bad than may be are no outage', () => {
  assert.deepEqual(outages([seconds(20, () => 2)], 0.05), [])
})

test('one outage that was caused tells more than one that came by chance, and never more than what was seen', () => {
  const stretches = [seconds(30, (n) => (n < 3 ? PER_SECOND : 0))]
  const caused = lowerBoundOfCaused(outages(stretches, 0.01), stretches, 0.025)
  const byChance = lowerBound({ events: 10, bad: 1 })
  assert.ok(caused > byChance && caused < 0.1, `${caused}, ${byChance}`)
  // one exponential length x: its mean is at least x / −ln α
  assert.ok(Math.abs(caused - 0.1 / -Math.log(0.025)) < 1e-6)
})

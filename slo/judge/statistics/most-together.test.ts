import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isKept } from './bad-ratio.ts'
import { mostTogether } from './most-together.ts'

const clean = (events: number, allowed: number) => mostTogether({ events, bad: 0 }, allowed)

test('where nothing is bad it leaves ln α / ln (1 − p₀) events', () => {
  for (const [events, allowed] of [
    [1e6, 0.001],
    [60_000, 0.05],
    [9_300, 0.01],
  ] as const) {
    const effect = (events * Math.log1p(-allowed)) / Math.log(0.025)
    assert.ok(Math.abs(clean(events, allowed)! / effect - 1) < 1e-3)
  }
})

test('what just keeps the ratio keeps it of events that stand alone; what does not says nothing', () => {
  assert.ok(clean(3_688, 0.001)! < 1.001)
  assert.equal(clean(3_687, 0.001), null)
  assert.equal(mostTogether({ events: 0, bad: 0 }, 0.5), null)
  assert.equal(mostTogether({ events: 100, bad: 100 }, 0.5), null)
})

test('less together keeps the ratio, and more does not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 1_000_000 }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      (events, share, allowed) => {
        const bad = Math.floor(events * allowed * share)
        const found = mostTogether({ events, bad }, allowed)
        const keeps = (effect: number) => isKept({ events: events / effect, bad: bad / effect }, allowed)
        if (found === null) assert.ok(!keeps(1))
        else {
          assert.ok(keeps(found))
          assert.ok(!keeps(found * 1.001))
        }
      },
    ),
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isBroken, isKept } from './bad-ratio.ts'
import { fewestCleanEvents, neededEvents } from './needed-events.ts'

const rows: readonly (readonly [target: string, allowed: number, events: number])[] = [
  ['a median', 0.5, 6],
  ['a p75', 0.25, 13],
  ['a p95', 0.05, 72],
  ['a p99', 0.01, 368],
  ['99.9 %', 0.001, 3688],
  ['99.95 %', 0.0005, 7376],
  ['99.99 %', 0.0001, 36_887],
]
for (const [target, allowed, events] of rows)
  test(`${target} needs ${events} clean events, and one less does not do`, () => {
    assert.equal(fewestCleanEvents(allowed), events)
    assert.ok(isKept({ events, bad: 0 }, allowed))
    assert.ok(!isKept({ events: events - 1, bad: 0 }, allowed))
  })

test('so many events as are named decide it when the share stays, and a tenth fewer do not', () =>
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 2000 }), fc.integer({ min: 1, max: 19 }), (events, bad) => {
      const allowed = 0.05
      const needed = neededEvents({ events, bad }, allowed)
      if (needed === null) return assert.ok(Math.abs(bad / events - allowed) < 1e-9)
      const decides = (n: number): boolean => {
        const counts = { events: n, bad: (n * bad) / events }
        return isKept(counts, allowed) || isBroken(counts, allowed)
      }
      assert.ok(decides(needed))
      assert.ok(!decides(Math.floor(needed * 0.9)))
    }),
  ))

test('a share on the limit is never decided', () =>
  assert.equal(neededEvents({ events: 100, bad: 5 }, 0.05), null))
test('without events the clean ones are named', () =>
  assert.equal(neededEvents({ events: 0, bad: 0 }, 0.05), 72))

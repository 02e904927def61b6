import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Swallower } from './swallow.ts'

test('swallows the 50th and the 100th new order while it is on, and counts none while it is off', () => {
  const swallower = new Swallower()
  for (let count = 0; count < 75; count += 1) assert.equal(swallower.endingOf(false), 'commit')
  const endings = Array.from({ length: 100 }, () => swallower.endingOf(true))
  const swallowed = endings.flatMap((ending, index) => (ending === 'rollback' ? [index + 1] : []))
  assert.deepEqual(swallowed, [50, 100])
})

import assert from 'node:assert/strict'
import { openSync } from 'node:fs'
import { test } from 'node:test'
import { descriptorStressor, SPARE_DESCRIPTORS } from './descriptors.ts'

/** A process that may have so many more descriptors. */
function withLimit(limit: number) {
  let opened = 0
  return descriptorStressor(() => {
    if (opened === limit) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
    opened += 1
    return openSync('/dev/null', 'r')
  })
}

const { signal } = new AbortController()

test('takes all but the spare ones', async () => {
  const stressor = withLimit(100 + SPARE_DESCRIPTORS)
  await stressor.hold({ count: 100 }, signal)
  assert.equal(stressor.measure().descriptors, 100)
  await stressor.letGo()
})

test('one more than that is refused with what can be had', async () => {
  const stressor = withLimit(100 + SPARE_DESCRIPTORS)
  await assert.rejects(stressor.hold({ count: 101 }, signal), (cause: Error & { hint?: string }) => {
    assert.match(cause.message, /101 descriptors cannot be held: only 164 can be opened, and 64/)
    assert.match(cause.hint ?? '', /at most 100/)
    return true
  })
  await stressor.letGo()
  assert.equal(stressor.measure().descriptors, 0)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breakIt, told } from './testing/break-it.ts'
import { MANIFESTS } from './testing/small-manifests.ts'
import { startSmallTarget } from './testing/small-target.ts'

const untold = new Set(['hypothesis', 'fault-injecting', 'fault-injected', 'fault-undoing', 'fault-undone'])

for (const [name, manifestFor] of Object.entries(MANIFESTS))
  test(`${name} is confirmed on the small target, and proven gone`, async () => {
    await using small = await startSmallTarget()
    const course = await breakIt(small, { manifest: manifestFor(small.target) })
    assert.deepEqual(course.refused, undefined)
    const { journal } = course
    const kinds = journal.map(({ kind }) => kind).filter((kind) => !untold.has(kind))
    const injections = journal.filter(({ kind }) => kind === 'fault-injecting').length
    const each = (kind: string) => Array.from({ length: injections }, () => kind)
    assert.ok(injections > 0, told(journal))
    assert.deepEqual(kinds, [...each('fault-confirmed'), ...each('fault-normal')], told(journal))
    const after = journal.findLast((one) => one.kind === 'hypothesis')
    assert.ok(after?.kind === 'hypothesis' && after.when === 'after' && after.held, told(journal))
    const { links } = await small.control.describe()
    for (const { listen, upstream } of links) assert.equal(listen, upstream)
  })

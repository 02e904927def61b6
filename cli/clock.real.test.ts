import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Lie } from './fixtures/target/main.ts'
import { type BrokenBy, breakIt, told } from './testing/break-it.ts'
import { faketime, skip } from './testing/libfaketime.ts'
import { mesh } from './testing/small-manifests.ts'
import { type SmallTarget, startSmallTarget } from './testing/small-target.ts'

const start = (lie: Lie = 'none') => startSmallTarget(lie, undefined, { faketime })

async function skew(small: SmallTarget, offset: string, by: Partial<BrokenBy> = {}) {
  const manifest = mesh('TimeChaos', `mode: all, timeOffset: ${offset}`, 'back')(small.target)
  const course = await breakIt(small, { manifest, ...by })
  assert.deepEqual(course.refused, undefined)
  return course.journal ?? []
}

const offsetFiles = ({ target }: SmallTarget) =>
  target.processes.flatMap(({ clock }) => clock?.offsetFile ?? [])
const offsets = (small: SmallTarget) => offsetFiles(small).map((one) => readFileSync(one, 'utf8'))

for (const [offset, expected] of [
  ['2h', 7200],
  ['-90.5s', -90.5],
] as const)
  test(`clocks are off by ${offset}, as their answers tell, and right again`, { skip }, async () => {
    await using small = await start()
    const journal = await skew(small, offset)
    const seen = journal.flatMap((one) => (one.kind === 'fault-confirmed' ? one.seen : []))
    assert.equal(seen.length, 2, told(journal))
    for (const one of seen) assert.ok(Math.abs(Number(/off by (\S+) s/.exec(one)?.[1]) - expected) < 3, one)
    assert.equal(journal.filter((one) => one.kind === 'fault-normal').length, 2, told(journal))
    assert.deepEqual(offsets(small), ['+0\n', '+0\n'])
  })

test('a clock that its process does not read is no skew', { skip }, async () => {
  await using small = await start('deaf-clock')
  const journal = await skew(small, '1h', { watchMs: 2_500 })
  assert.equal(journal.filter((one) => one.kind === 'fault-mismatch').length, 2, told(journal))
  assert.deepEqual(offsets(small), ['+0\n', '+0\n'])
})

test('a clock that is off already is left as it is', { skip }, async () => {
  await using small = await start()
  writeFileSync(offsetFiles(small)[0]!, '+60\n')
  const journal = await skew(small, '1h')
  assert.match(told(journal), /fault-unproven: the clock of back-1 .* is off by 60 s already/)
  assert.deepEqual(offsets(small), ['+60\n', '+0\n'])
})

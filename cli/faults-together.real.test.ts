// Faults that meet: on one link, or one after the other on a process that is another one by then.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalFact, TargetLink } from '../reports/run/index.ts'
import { breakIt, told } from './testing/break-it.ts'
import { MANIFESTS, own } from './testing/small-manifests.ts'
import { type SmallTarget, startSmallTarget } from './testing/small-target.ts'

/** A step of a method, and how long it lasts. */
const lasting = (manifest: string, forSeconds: number, atSeconds = 0): string =>
  `{ manifest: ${manifest}, at: ${atSeconds}s, for: ${forSeconds}s }`

async function linkOf({ control, target: { links } }: SmallTarget): Promise<TargetLink> {
  const now = await control.describe()
  return now.links.find(({ name }) => name === links[0]?.name)!
}

const countOf = (kind: JournalFact['kind'], journal: readonly JournalFact[]): number =>
  journal.filter((one) => one.kind === kind).length

for (const [first, delaySeconds, bandwidthSeconds] of [
  ['first', 6, 14],
  ['last', 14, 6],
] as const)
  test(`of two faults on one link the first to begin goes ${first}: each is proven gone, then the link is straight`, async () => {
    await using small = await startSmallTarget()
    const straight = await linkOf(small)
    const seen: boolean[] = []
    const look = async (): Promise<void> => {
      const { listen } = await linkOf(small)
      seen.push(listen === straight.listen)
    }
    const course = await breakIt(small, {
      steps: [
        lasting(MANIFESTS.delay(small.target), delaySeconds),
        lasting(MANIFESTS.bandwidth(small.target), bandwidthSeconds),
      ],
      when: { 'fault-normal': look },
    })
    assert.ok(course.refused === undefined, String(course.refused))
    assert.equal(countOf('fault-confirmed', course.journal), 2, told(course.journal))
    assert.equal(countOf('fault-normal', course.journal), 2, told(course.journal))
    assert.deepEqual(seen, [false, true], 'the link is straight after the last one, and not before')
  })

const pauseAll = own('ProcessChaos', 'action: pause, mode: all', 'back')

test('a process that was restarted meanwhile is followed by its name', async () => {
  await using small = await startSmallTarget()
  const course = await breakIt(small, {
    steps: [lasting(MANIFESTS['process-kill'](small.target), 1), lasting(pauseAll(small.target), 1, 4)],
  })
  assert.ok(course.refused === undefined, String(course.refused))
  const victims = course.journal.flatMap((one) => (one.kind === 'fault-injecting' ? one.victims : []))
  const [killed, ...paused] = victims.filter((one) => 'pid' in one)
  const after = paused.find(({ name }) => name === killed?.name)
  assert.ok(killed && after, told(course.journal))
  assert.notEqual(after.pid, killed.pid)
  assert.equal(countOf('fault-confirmed', course.journal), 3, told(course.journal))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JournalFact } from '../reports/run/index.ts'
import { type BrokenBy, breakIt, told } from './testing/break-it.ts'
import { MANIFESTS, type ManifestFor } from './testing/small-manifests.ts'
import { type SmallTarget, startSmallTarget } from './testing/small-target.ts'

type Mend = (small: SmallTarget) => Promise<unknown>

const goOn: Mend = async ({ control }) => {
  const { processes } = await control.describe()
  for (const { pid, labels } of processes) if (labels?.['app'] === 'back' && pid) process.kill(pid, 'SIGCONT')
}
const run: Mend = async ({ control }) => {
  for (const name of ['back-1', 'back-2']) await control.send(control.runRequest(name, 'running'))
}
const leadStraight =
  (link: string): Mend =>
  ({ control }) =>
    control.send(control.routeRequest(link, null))
const turnOff: Mend = ({ control }) => control.send(control.switchRequest('grumpy', false))

/** What a person does who found out. */
const MENDED = {
  'process-down': run,
  'process-pause': goOn,
  partition: leadStraight('front→back'),
  cut: leadStraight('front→back'),
  'dns-error': leadStraight('small→dns'),
  switch: turnOff,
} satisfies Partial<Record<keyof typeof MANIFESTS, Mend>>

async function drill(small: SmallTarget, manifest: ManifestFor, by: Omit<BrokenBy, 'manifest'>) {
  const course = await breakIt(small, { manifest: manifest(small.target), ...by })
  assert.ok(course.refused === undefined)
  return course.journal
}

const saidBy = (journal: readonly JournalFact[]): string[] =>
  journal.map((one) => ('by' in one ? `${one.kind} ${one.by}` : one.kind))

function assertSteadyAndTidy(journal: readonly JournalFact[]): void {
  const after = journal.findLast((one) => one.kind === 'hypothesis')
  assert.ok(after?.kind === 'hypothesis' && after.when === 'after' && after.held, told(journal))
}

for (const [name, mend] of Object.entries(MENDED))
  test(`${name}: gauntlet undoes nothing until people did, and leaves nothing after it`, async () => {
    await using small = await startSmallTarget()
    const seen: string[] = []
    const people = async (still: string) => {
      seen.push(still)
      await mend(small)
      return 'mended' as const
    }
    const when = { 'fault-normal': async () => void seen.push('gone') }
    const journal = await drill(small, MANIFESTS[name as keyof typeof MENDED], { people, when })
    assert.match(seen[0] ?? '', /not yet: /, told(journal))
    const said = saidBy(journal)
    assert.ok(said.includes('fault-normal people'), told(journal))
    assert.ok(!said.some((one) => / (harness|guardian)$/.test(one)), told(journal))
    assertSteadyAndTidy(journal)
    const { links } = await small.control.describe()
    for (const { listen, upstream } of links) assert.equal(listen, upstream)
  })

test('where the platform mends itself, nobody is waited for', async () => {
  await using small = await startSmallTarget()
  const journal = await drill(small, MANIFESTS['process-kill'], { people: async () => 'mended' })
  assert.ok(saidBy(journal).includes('fault-normal people'), told(journal))
  assertSteadyAndTidy(journal)
})

for (const name of ['process-pause', 'delay', 'dns-error', 'cpu', 'switch'] as const)
  test(`${name}: what nobody takes back in time, gauntlet does`, async () => {
    await using small = await startSmallTarget()
    const journal = await drill(small, MANIFESTS[name], { people: async () => 'time is over' })
    const said = saidBy(journal)
    assert.ok(said.includes('fault-normal harness'), told(journal))
    assert.ok(!said.some((one) => one.endsWith(' people')), told(journal))
    assertSteadyAndTidy(journal)
  })

// A link that could not be led straight goes on by its proxy, which does nothing to it any more.
import assert from 'node:assert/strict'
import { Resolver } from 'node:dns/promises'
import { after, test } from 'node:test'
import { until } from '../reports/run/testing.ts'
import { isLinkProxy } from './process/guardian/link-proxies.ts'
import { commandLine } from './process/identity.ts'
import { markedProcesses } from './process/marks.ts'
import { type Act, breakIt, told } from './testing/break-it.ts'
import { MANIFESTS } from './testing/small-manifests.ts'
import { type SmallTarget, startSmallTarget } from './testing/small-target.ts'

const linkProxiesOf = (runId: string) => markedProcesses(runId).filter(isLinkProxy)
/** The first one starts what carries faults. */
const guardiansOf = (runId: string) =>
  markedProcesses(runId).filter(({ pid }) => /guardian/.test(commandLine(pid)))

interface Asked {
  readonly good: number
  readonly bad: number
}

/** Breaks a target that does not lead its link straight again; the run whose proxy goes on, until the file is over. */
async function leaveProxy(small: SmallTarget, name: 'delay' | 'dns-error'): Promise<string> {
  let runId = ''
  const remember = async (act: Act): Promise<void> => {
    runId = act.runId
  }
  const manifest = MANIFESTS[name](small.target)
  const course = await breakIt(small, {
    ...{ manifest, rollbackWithin: '1s', when: { 'fault-injecting': remember } },
  })
  after(() => linkProxiesOf(runId).forEach(({ pid }) => void process.kill(pid, 'SIGKILL')))
  assert.ok(course.refused === undefined && told(course.journal).includes('undo-failed'))
  return runId
}

for (const lie of ['refuse-route', 'keep-route'] as const)
  test(`after a run whose target did ${lie}, requests over the link are answered, without the delay`, async () => {
    await using small = await startSmallTarget(lie)
    const asked = async (): Promise<Asked> => {
      const reply = await fetch(`${small.target.addresses['front']}/work`)
      return JSON.parse(await reply.text())
    }
    const runId = await leaveProxy(small, 'delay')
    const { links } = await small.control.describe()
    assert.ok(
      links.some(({ listen, upstream }) => listen !== upstream),
      'the link still goes through the proxy',
    )
    let since = await asked()
    const areGood = async (): Promise<boolean> => {
      const now = await asked()
      // on a busy machine one may come too late
      if (now.bad > since.bad) since = now
      return now.good > since.good + 100
    }
    await until('many requests in a row went over the link', areGood, 60_000)
    assert.equal(linkProxiesOf(runId).length, 1)
  })

test('after a run whose target did refuse-route, names that are asked over the link are answered', async () => {
  await using small = await startSmallTarget('refuse-route')
  const runId = await leaveProxy(small, 'dns-error')
  const link = (await small.control.describe()).links.find(({ name }) => name === 'small→dns')
  assert.ok(link && link.listen !== link.upstream, 'the link still goes to the resolver')
  const asker = new Resolver({ timeout: 5_000, tries: 1 })
  asker.setServers([link.listen])
  assert.equal((await asker.resolve4('back.example')).length, 1)
  assert.equal(linkProxiesOf(runId).length, 1)
})

for (const name of ['dns-error', 'delay'] as const)
  for (const when of ['fault-injecting', 'fault-normal'] as const)
    test(`when the guardians are killed at ${when}, nothing of ${name} is left`, async () => {
      await using small = await startSmallTarget()
      let runId = ''
      const killGuardians = async (act: Act): Promise<void> => {
        runId = act.runId
        for (const { pid } of guardiansOf(runId)) process.kill(pid, 'SIGKILL')
        await until('the harness knows', () => !act.isWatched())
      }
      const manifest = MANIFESTS[name](small.target)
      await breakIt(small, { manifest, when: { [when]: killGuardians } }).catch(() => {})
      await until('nothing is left', () => linkProxiesOf(runId).length === 0)
      for (const { listen, upstream } of (await small.control.describe()).links)
        assert.equal(listen, upstream)
    })

for (const [guardians, count] of [
  ['', 0],
  [' and the guardian that started the proxy', 1],
  [' and both guardians', 2],
] as const)
  test(`after a run whose target${guardians} was killed no proxy is left: nobody dials it`, async () => {
    await using small = await startSmallTarget()
    let runId = ''
    const killTarget = async (act: Act): Promise<void> => {
      runId = act.runId
      for (const { pid } of guardiansOf(runId).slice(0, count)) process.kill(pid, 'SIGKILL')
      process.kill(small.pid, 'SIGKILL')
      if (count > 0) await until('the harness knows', () => !act.isWatched())
    }
    const manifest = MANIFESTS.delay(small.target)
    const course = await breakIt(small, {
      manifest,
      rollbackWithin: '1s',
      when: { 'fault-undoing': killTarget },
    })
    assert.ok(course.refused === undefined && told(course.journal).includes('undo-failed'))
    assert.deepEqual(linkProxiesOf(runId), [])
  })

test('after a run whose link goes straight again no proxy is left', async () => {
  await using small = await startSmallTarget()
  let runId = ''
  const remember = async (act: Act): Promise<void> => {
    runId = act.runId
  }
  await breakIt(small, { manifest: MANIFESTS.delay(small.target), when: { 'fault-injecting': remember } })
  assert.deepEqual(linkProxiesOf(runId), [])
})

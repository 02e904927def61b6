// What is on is found by looking where no lease tells of it; what may be somebody's intent is named and left alone.
import assert from 'node:assert/strict'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { until } from '../../../reports/run/testing.ts'
import { isLinkProxy } from '../../process/guardian/link-proxies.ts'
import { markedProcesses } from '../../process/marks.ts'
import { answerOf, gauntlet, startGauntlet } from '../../testing/gauntlet.ts'
import { openShop } from '../../testing/shop.ts'
import { MANIFESTS } from '../../testing/small-manifests.ts'
import { type SmallTarget, startSmallTarget } from '../../testing/small-target.ts'
import { leasesFolder } from '../record/runs-folder.ts'

const shop = await openShop('the test of residue that is looked for')
const targetFile = join(shop.root, 'small-target.json')
const chaos = (...args: string[]) => gauntlet(['chaos', ...args, '--json'], shop)

/** What is asked for, of a run that slows the link of this target. */
function slowLink({ target }: SmallTarget, length = '3s'): string[] {
  writeFileSync(targetFile, JSON.stringify(target))
  writeFileSync(
    join(shop.root, 'perf', 'slow-link.experiment.yaml'),
    `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: slow-link, title: A slow link, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: back }, atLeast: 2 } }]
  method: [{ manifest: ${MANIFESTS.delay(target)} }]
  rollback: { within: 1s }
`,
  )
  return ['run', 'slow-link', '--for', length, '--target', targetFile, '--plain']
}

const goodAnswers = async ({ target }: SmallTarget): Promise<number> => {
  const reply = await fetch(`${target.addresses['front']}/work`)
  return JSON.parse(await reply.text()).good
}

async function serves(small: SmallTarget): Promise<void> {
  const before = await goodAnswers(small)
  await until('the link carries requests', async () => (await goodAnswers(small)) > before + 20)
}

test('a link that is still led elsewhere, without a lease, is found, kept alive, and led straight when it can be', async () => {
  await using small = await startSmallTarget('refuse-route')
  const { document } = answerOf(await chaos(...slowLink(small)), 25)
  assert.match(JSON.stringify(document), /passes on a link that may not go straight, for 10 min at most/)
  rmSync(leasesFolder(shop.root), { recursive: true })

  const found = answerOf(await chaos('residue'), 25).document['found']
  assert.match(
    JSON.stringify(found),
    /"run":"2.*the link front→back of small goes to 127\.0\.0\.1:\d+, and straight/,
  )
  assert.match(JSON.stringify(found), /"byHand":"curl -X PUT .*front%E2%86%92back/)
  await serves(small)

  answerOf(await chaos('recover'), 25)
  await serves(small)

  process.kill(small.pid, 'SIGUSR2')
  answerOf(await chaos('recover'), 0)
  const [link] = (await small.control.describe()).links
  assert.equal(link?.listen, link?.upstream)
  await serves(small)
  answerOf(await chaos('residue'), 0)

  // from now on it is somebody else
  const { control } = small
  await control.send(control.routeRequest('front→back', '127.0.0.1:1'))
  await control.send(control.switchRequest('grumpy', true))
  const { document: now } = answerOf(await chaos('recover'), 0)
  assert.match(
    JSON.stringify(now['others']),
    /link front→back of small goes to 127\.0\.0\.1:1, .*no run here says/,
  )
  assert.match(JSON.stringify(now['others']), /switch grumpy of small is on/)
  const after = await control.describe()
  assert.equal(after.links[0]?.listen, '127.0.0.1:1')
  assert.equal(after.switches[0]?.on, true)
  assert.deepEqual(readdirSync(shop.temporary), [])
})

test('a target that hangs keeps its way through the proxy, which is told, until it goes on and recover leads it straight', async () => {
  await using small = await startSmallTarget()
  const running = startGauntlet(['chaos', ...slowLink(small, '60s')], shop)
  const runId = basename(await running.journals('fault-confirmed'))
  process.kill(small.pid, 'SIGSTOP')
  // else it could not end
  using _ = { [Symbol.dispose]: () => void process.kill(small.pid, 'SIGCONT') }
  running.send('SIGKILL')
  const left = () => markedProcesses(runId)
  await until('only the proxy is left', () => left().length === 1 && left().every(isLinkProxy), 20_000)
  const found = JSON.stringify(answerOf(await chaos('residue'), 25).document['found'])
  assert.match(found, /fault slow-link may be on: let front→back go undisturbed, and straight/)
  assert.match(found, /passes on a link that may not go straight, for 10 min at most/)

  process.kill(small.pid, 'SIGCONT')
  await serves(small)
  answerOf(await chaos('recover'), 0)
  const [link] = (await small.control.describe()).links
  assert.equal(link?.listen, link?.upstream)
  assert.deepEqual(left(), [])
  await serves(small)
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { arch, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { PlannedAudit } from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { localExec } from '../testing/local-exec.ts'
import { type FoundBrowser, findBrowser } from './find-browser.ts'
import { launchBrowser } from './launch-browser.ts'
import { lighthouseDriver } from './lighthouse-driver.ts'
import { answerWithHeading, servePages } from './testing/page-server.ts'

const ENTRY = fileURLToPath(new URL('../../../cli/entries/audit.ts', import.meta.url))
const MARK = `lighthouse-test-${process.pid}`
const skip =
  platform() === 'linux' && arch() === 'x64' ? false : 'the processes of a run are looked for in /proc'

/** Live processes that were started with our mark; a corpse has no environment. */
function markedProcesses(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && fileOf(name, 'environ').includes(MARK))
}

/** empty when it is gone meanwhile */
function fileOf(pid: string, name: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

async function noneIsLeft(): Promise<void> {
  for (let tries = 0; tries < 600 && markedProcesses().length > 0; tries++) await wait(100)
  assert.deepEqual(markedProcesses(), [])
}

describe('page audits by real browsers', { skip, timeout: 540_000 }, () => {
  let folder = ''
  let browser: FoundBrowser
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gauntlet-lighthouse-'))
    browser = await findBrowser({
      environment: process.env,
      exec: localExec(),
      log: fakeContext().context.log,
      cacheFolder: folder,
    })
  })
  after(() => rm(folder, { recursive: true }))

  async function start(audit: Pick<PlannedAudit, 'url' | 'visits' | 'visitTimeoutMs'>, lengthMs = 240_000) {
    const fake = fakeContext()
    const scratch = await mkdtemp(join(folder, 'scratch-'))
    const clock = { ...fake.context.clock, nowUs: () => (performance.timeOrigin + performance.now()) * 1000 }
    const driver = lighthouseDriver({ entry: { file: process.execPath, args: [ENTRY] }, browser })
    const step = {
      audit: { name: 'home', title: 'Home', preset: 'desktop', ...audit },
      phase: 'pages',
      lengthMs,
    } as const
    const ready = await driver.prepare(step, { ...fake.context, clock, scratch, exec: localExec(MARK) })
    return { running: ready.start(), recorded: fake.recorded, scratch }
  }

  test('measures the largest paint of a page, visit by visit, and keeps the last result', async () => {
    await using server = await servePages((_, response) => answerWithHeading(response))
    const { running, recorded, scratch } = await start({ url: server.url, visits: 2, visitTimeoutMs: 60_000 })
    assert.deepEqual(await running.done, { kind: 'completed' })
    const visits = recorded.evidence['audits.ndjson']
    assert.equal(visits.length, 2)
    for (const visit of visits) {
      assert.ok('error' in visit && visit.error === null, JSON.stringify(visit))
      assert.ok('metrics' in visit && typeof visit.metrics === 'object' && visit.metrics !== null)
      assert.ok(
        'largest-contentful-paint' in visit.metrics && Number(visit.metrics['largest-contentful-paint']) > 0,
      )
    }
    const result = recorded.documents.get('evidence/audits/home.json')
    assert.ok(typeof result === 'object' && 'requestedUrl' in result && result.requestedUrl === server.url)
    assert.ok(!JSON.stringify(result).includes('data:image'), 'no pictures are kept')
    assert.deepEqual(await readdir(scratch), [], 'no browser profile is left')
    await noneIsLeft()
  })

  test('gives a page up that never answers, goes on with the next visit, and leaves no browser', async () => {
    let givenUp = false
    await using server = await servePages((_, response) => {
      if (givenUp) return answerWithHeading(response)
      response.on('close', () => {
        givenUp = true
      })
    })
    const { running, recorded } = await start({ url: server.url, visits: 1, visitTimeoutMs: 30_000 })
    assert.deepEqual(await running.done, { kind: 'completed' })
    assert.deepEqual(
      recorded.journal.map(({ atUs, ...fact }) => fact),
      [{ kind: 'audit-failed', audit: 'home', seen: 'the page gave no figures within 30 s' }],
    )
    const [first, second] = recorded.evidence['audits.ndjson']
    assert.ok(
      first !== undefined && 'error' in first && first.error === 'the page gave no figures within 30 s',
    )
    assert.ok(second !== undefined && 'error' in second && second.error === null, JSON.stringify(second))
    await noneIsLeft()
  })

  test('takes its browser with it when it is stopped in the middle of a visit', async () => {
    const requested = Promise.withResolvers<void>()
    await using server = await servePages(() => requested.resolve())
    const { running, recorded, scratch } = await start({ url: server.url, visits: 1, visitTimeoutMs: 60_000 })
    await requested.promise
    assert.ok(markedProcesses().length > 1, 'the finder sees the browser')
    await running.stop('Ctrl-C')
    assert.deepEqual(await running.done, { kind: 'stopped', reason: 'Ctrl-C' })
    assert.equal(recorded.evidence['audits.ndjson'].length, 0)
    assert.deepEqual(await readdir(scratch), [])
    await noneIsLeft()
  })

  test('leaves no browser when the audit process is killed', async () => {
    const requested = Promise.withResolvers<void>()
    await using server = await servePages(() => requested.resolve())
    const { running } = await start({ url: server.url, visits: 1, visitTimeoutMs: 60_000 })
    await requested.promise
    const auditProcess = markedProcesses().find((pid) => fileOf(pid, 'cmdline').includes(ENTRY))
    process.kill(Number(auditProcess), 'SIGKILL')
    assert.equal((await running.done).kind, 'failed')
    await noneIsLeft()
  })

  test('starts a browser without its sandbox where it cannot have one, such as under root', async () => {
    const profile = await mkdtemp(join(folder, 'profile-'))
    const launched = await launchBrowser({ path: browser.path, profile, sandbox: true })
    try {
      assert.equal((await fetch(`http://127.0.0.1:${launched.port}/json/version`)).status, 200)
    } finally {
      await launched.close()
    }
  })
})

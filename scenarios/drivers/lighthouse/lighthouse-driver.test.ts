import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import {
  AuditVisit,
  type Command,
  type Ended,
  GauntletError,
  type Program,
  type RunContext,
} from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import type { AuditStep } from './audit-step.ts'
import { lighthouseDriver } from './lighthouse-driver.ts'

const step: AuditStep = {
  audit: {
    name: 'home',
    title: 'Home page',
    url: 'http://127.0.0.1:20000/',
    preset: 'desktop',
    visits: 2,
    visitTimeoutMs: 20_000,
  },
  phase: 'pages',
  lengthMs: 90_000,
}
const driver = lighthouseDriver({
  entry: { file: 'node', args: ['audit.ts'] },
  browser: { path: 'chrome', version: 'Chromium 153.0.8010.0', origin: 'npm' },
})

const good = (visit: number): string =>
  JSON.stringify({
    visit,
    atUs: visit,
    metrics: { 'largest-contentful-paint': 812.5 },
    benchmarkIndex: 2870,
    error: null,
    lighthouseResult: { fetchTime: `of visit ${visit}` },
  })
const bad = JSON.stringify({
  visit: 3,
  atUs: 3,
  metrics: {},
  benchmarkIndex: null,
  error: 'NO_FCP: nothing was painted',
  lighthouseResult: null,
})

/** Runs the driver on an audit process that says these lines and ends so. */
async function drive(
  lines: readonly string[],
  {
    ended = {},
    change = (context) => context,
  }: {
    ended?: Partial<Ended>
    change?: (context: RunContext) => RunContext
  } = {},
) {
  const { context, recorded } = fakeContext({
    ended: (command) => {
      for (const line of lines) command.onLine?.(line)
      return ended
    },
  })
  const running = (await driver.prepare(step, change(context))).start()
  return { running, recorded, context, outcome: await running.done }
}

test('asks the audit process for the visits that are planned, until the phase ends', async () => {
  const { recorded, context } = await drive([])
  const [command] = recorded.commands
  assert.equal(command?.file, 'node')
  assert.equal(command.args[0], 'audit.ts')
  assert.deepEqual(JSON.parse(command.args[1] ?? ''), {
    url: 'http://127.0.0.1:20000/',
    preset: 'desktop',
    visits: 2,
    enoughVisits: 2,
    visitTimeoutMs: 20_000,
    untilUs: context.clock.nowUs() + 90_000_000,
    browserPath: 'chrome',
    scratch: '/nowhere',
  })
})

test('records each visit as its schema asks, and the last Lighthouse result that there was', async () => {
  const { recorded, outcome } = await drive([good(1), good(2), bad])
  const visits = recorded.evidence['audits.ndjson']
  assert.deepEqual(outcome, { kind: 'completed' })
  assert.equal(visits.length, 3)
  assert.ok(visits.every((visit) => Compile(AuditVisit).Check(visit)))
  assert.deepEqual(recorded.documents.get('evidence/audits/home.json'), { fetchTime: 'of visit 2' })
})

test('asks for more visits while the answer may be open, and ends them once it is decided', async () => {
  const asked: number[] = []
  let stops = 0
  const { context, recorded } = fakeContext()
  const sample = await context.exec.run({ file: 'node', args: [] })
  const finished = Promise.withResolvers<Ended>()
  const start = (command: Command): Program => {
    assert.equal(JSON.parse(command.args[1] ?? '').enoughVisits, 20)
    for (const line of [good(1), good(2), bad, good(4)]) command.onLine?.(line)
    setImmediate(() => finished.resolve(sample)) // by itself, when nobody stops it
    const stop = () => {
      stops++
      finished.resolve({ ...sample, exitCode: null, signal: 'SIGTERM', cancelled: true })
      return finished.promise
    }
    return { pid: 4242, ended: finished.promise, stop }
  }
  const decided = ({ length }: readonly AuditVisit[]): boolean => {
    asked.push(length)
    return length >= 4
  }
  const ready = await driver.prepare({ ...step, decided }, { ...context, exec: { ...context.exec, start } })
  assert.deepEqual(await ready.start().done, { kind: 'completed' })
  assert.deepEqual([asked, stops], [[2, 3, 4], 1], 'asked with all visits, the failed one among them')
  assert.equal(recorded.evidence['audits.ndjson'].length, 4)
})

test('journals a visit that failed, and only that', async () => {
  const { recorded } = await drive([good(1), bad])
  assert.deepEqual(
    recorded.journal.map(({ atUs, ...fact }) => fact),
    [{ kind: 'audit-failed', audit: 'home', seen: 'NO_FCP: nothing was painted' }],
  )
})

test('fails when the audit process dies, with its last words', async () => {
  const { outcome } = await drive([good(1)], { ended: { exitCode: 1, stderr: 'at line 1\nout of memory\n' } })
  assert.equal(
    outcome.kind === 'failed' && outcome.reason,
    "the page audit's process ended with 1: out of memory",
  )
})

test('fails when the audit process says something that is no visit', async () => {
  const { outcome, recorded } = await drive(['{"visit":"one"}'])
  assert.match(outcome.kind === 'failed' ? outcome.reason : '', /said \{"visit":"one"\}, which is no visit/)
  assert.equal(recorded.evidence['audits.ndjson'].length, 0)
})

test('fails with the reason when the record refuses a line', async () => {
  const full = async (): Promise<never> => {
    throw new GauntletError('DISK_FULL', 'no space is left for evidence/audits.ndjson')
  }
  const { outcome } = await drive([good(1)], {
    change: (context) => ({ ...context, record: { ...context.record, evidence: full } }),
  })
  assert.deepEqual(outcome, { kind: 'failed', reason: 'no space is left for evidence/audits.ndjson' })
})

test('ends as stopped when it is asked to, and when the run is', async () => {
  const { context } = fakeContext()
  const asked = (await driver.prepare(step, context)).start()
  await asked.stop('Ctrl-C')
  assert.deepEqual(await asked.done, { kind: 'stopped', reason: 'Ctrl-C' })

  const run = new AbortController()
  const running = (await driver.prepare(step, { ...context, signal: run.signal })).start()
  run.abort()
  assert.deepEqual(await running.done, { kind: 'stopped', reason: 'the run was stopped' })
})

test('does not start a process in a run that was stopped before', async () => {
  const { context, recorded } = fakeContext({ signal: AbortSignal.abort() })
  const { done } = (await driver.prepare(step, context)).start()
  assert.equal((await done).kind, 'stopped')
  assert.equal(recorded.commands.length, 0)
})

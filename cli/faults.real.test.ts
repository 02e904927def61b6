import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { experimentDriver, parseExperiment, planExperiment } from '../chaos/index.ts'
import type { JournalFact, RunContext } from '../reports/run/index.ts'
import { fakeContext } from '../reports/run/testing.ts'
import { createClock } from './process/clock.ts'
import { createExec } from './process/exec.ts'
import { startGuardian } from './process/guardian.ts'
import { createHttp } from './process/http.ts'
import { testRunId } from './process/testing/place.ts'
import { type SmallTarget, startSmallTarget } from './testing/small-target.ts'

const FAULTS = {
  'process-kill': `{ apiVersion: chaos-mesh.org/v1alpha1, kind: PodChaos, metadata: { name: x }, spec: { action: pod-kill, mode: one, selector: { labelSelectors: { app: back } } } }`,
  'process-pause': `{ apiVersion: gauntlet/v1, kind: ProcessChaos, metadata: { name: x }, spec: { action: pause, mode: all, selector: { labelSelectors: { app: back } } } }`,
  delay: network('action: delay, delay: { latency: 50ms }'),
  loss: network('action: loss, loss: { loss: "30" }'),
  bandwidth: network('action: bandwidth, bandwidth: { rate: 1mbps, limit: 20000, buffer: 10000 }'),
  partition: network('action: partition'),
  reset: onLink('action: reset'),
  cut: onLink('action: cut'),
  timeout: onLink('action: timeout, timeout: { after: 200ms }'),
  slice: onLink('action: slice, slice: { averageSize: "64", delay: 5ms }'),
  'limit-data': onLink('action: limit-data, limitData: { size: "2000" }'),
}

function network(spec: string): string {
  return `{ apiVersion: chaos-mesh.org/v1alpha1, kind: NetworkChaos, metadata: { name: x }, spec: { ${spec}, mode: all, selector: { labelSelectors: { app: front } } } }`
}

function onLink(spec: string): string {
  return `{ apiVersion: gauntlet/v1, kind: LinkChaos, metadata: { name: x }, spec: { ${spec}, mode: all, selector: { links: [front→back] } } }`
}

function experiment(manifest: string): string {
  return `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: break-it, title: It breaks, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: back }, atLeast: 2 } }]
  method: [{ manifest: ${manifest} }]
  rollback: { within: 10s }
`
}

/** Runs one experiment against the small target until its effect is known; what the journal tells of its fault. */
async function breakIt(small: SmallTarget, manifest: string): Promise<readonly JournalFact[]> {
  const runId = testRunId()
  const scratch = mkdtempSync(join(tmpdir(), 'gauntlet-faults-'))
  mkdirSync(join(scratch, 'x'))
  const guardian = await startGuardian({
    runId,
    journalPath: join(scratch, 'journal.ndjson'),
    scratch,
    standIn: true,
  })
  const { context: fake, recorded } = fakeContext()
  const exec = createExec({ runId, guardian })
  const context: RunContext = { ...fake, runId, scratch, exec, http: createHttp(), clock: createClock() }
  try {
    const { value, complaints } = parseExperiment(experiment(manifest), 'x.experiment.yaml')
    assert.deepEqual(complaints, [])
    const phase = { name: 'fault', durationMs: 60_000 }
    const place = { phase, target: small.target, seed: 1, sources: [], objectives: [] }
    const { planned, refusals } = planExperiment(value!, place)
    assert.deepEqual(refusals, [])
    const driver = experimentDriver({ control: small.control, keeper: guardian })
    const running = (await driver.prepare(planned, context)).start()
    const isKnown = () =>
      recorded.journal.some(({ kind }) => /^fault-(confirmed|mismatch|unproven)$/.test(kind))
    while (!isKnown()) {
      const ended = await Promise.race([running.done, context.clock.wait(20)])
      if (ended !== undefined) break
    }
    await running.stop('seen')
    await running.done
  } finally {
    await guardian.close()
    rmSync(scratch, { recursive: true, force: true })
  }
  return recorded.journal
}

const told = (journal: readonly JournalFact[]): string[] =>
  journal.map((one) => ('seen' in one ? `${one.kind}: ${one.seen}` : one.kind))

const untold = new Set(['hypothesis', 'fault-injecting', 'fault-injected', 'fault-undoing', 'fault-undone'])

for (const [name, manifest] of Object.entries(FAULTS))
  test(`${name} is confirmed on the small target, and proven gone`, async () => {
    await using small = await startSmallTarget()
    const journal = await breakIt(small, manifest)
    const kinds = journal.map(({ kind }) => kind).filter((kind) => !untold.has(kind))
    const injections = journal.filter(({ kind }) => kind === 'fault-injecting').length
    const each = (kind: string) => Array.from({ length: injections }, () => kind)
    assert.ok(injections > 0, told(journal).join('\n'))
    assert.deepEqual(kinds, [...each('fault-confirmed'), ...each('fault-normal')], told(journal).join('\n'))
    const after = journal.findLast((one) => one.kind === 'hypothesis')
    assert.ok(after?.kind === 'hypothesis' && after.when === 'after' && after.held, told(journal).join('\n'))
    const { links } = await small.control.describe()
    assert.equal(links[0]?.listen, links[0]?.upstream)
  })

// Faults that do not happen, and faults that do not end: each mode is seen, and its twin without sabotage is proven.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { until } from '../reports/run/testing.ts'
import type { Lie } from './fixtures/target/main.ts'
import { createHttp } from './process/http.ts'
import { commandLine, isAlive } from './process/identity.ts'
import { markedProcesses } from './process/marks.ts'
import { type Act, type BrokenBy, breakIt, type Course, told } from './testing/break-it.ts'
import { startIdleStress } from './testing/idle-stress.ts'
import { MANIFESTS, type ManifestFor, mesh } from './testing/small-manifests.ts'
import { startSmallTarget } from './testing/small-target.ts'

interface Mode {
  readonly endsAs: 'refused' | 'unproven' | 'mismatch' | 'undo-failed'
  /** what the twin injects, and this one too unless `manifest` says otherwise */
  readonly twin: keyof typeof MANIFESTS
  readonly manifest?: ManifestFor
  /** what the target says and does not do */
  readonly lie?: Lie
  readonly by?: Omit<Partial<BrokenBy>, 'manifest'>
}

/** Whoever waits for an effect is told so soon that it is over. */
const WATCH_MS = 2_500

const MODES: Readonly<Record<string, Mode>> = {
  'a selector that matches nothing': {
    endsAs: 'refused',
    twin: 'process-kill',
    manifest: mesh('PodChaos', 'action: pod-kill, mode: one', 'nobody'),
  },
  'a manifest with a field that nobody knows': {
    endsAs: 'refused',
    twin: 'process-kill',
    manifest: mesh('PodChaos', 'action: pod-kill, mode: one, grace: 3', 'back'),
  },
  'a proxy that is passed by': {
    endsAs: 'unproven',
    twin: 'delay',
    lie: 'bypass',
    by: { watchMs: WATCH_MS },
  },
  'a kill of a process that is gone already': {
    endsAs: 'unproven',
    twin: 'process-kill',
    by: { when: { 'fault-injecting': killVictims } },
  },
  'names that are asked elsewhere': {
    endsAs: 'unproven',
    twin: 'dns-error',
    lie: 'bypass',
    by: { watchMs: WATCH_MS },
  },
  'a switch that does nothing': {
    endsAs: 'mismatch',
    twin: 'switch',
    lie: 'deaf-switch',
    by: { watchMs: WATCH_MS },
  },
  'a stress that burns nothing': {
    endsAs: 'mismatch',
    twin: 'cpu',
    by: { watchMs: WATCH_MS, stress: startIdleStress },
  },
  'a pause that somebody ends at once': {
    endsAs: 'mismatch',
    twin: 'process-pause',
    by: { when: { 'fault-injected': letVictimsGoOn } },
  },
  'a proxy that dies with its fault on': {
    endsAs: 'mismatch',
    twin: 'delay',
    by: { when: { 'fault-injected': killProxy } },
  },
  'a toxic that somebody takes off': {
    endsAs: 'mismatch',
    twin: 'delay',
    by: { when: { 'fault-injected': takeToxicsOff } },
  },
  'a pause that somebody ends after it was seen': {
    endsAs: 'mismatch',
    twin: 'process-pause',
    by: { when: { 'fault-confirmed': letVictimsGoOn } },
  },
  'a toxic that somebody takes off after it was felt': {
    endsAs: 'mismatch',
    twin: 'delay',
    by: { when: { 'fault-confirmed': takeToxicsOff } },
  },
  'a link that somebody leads straight after it was felt': {
    endsAs: 'mismatch',
    twin: 'delay',
    by: { when: { 'fault-confirmed': leadStraight } },
  },
  'a route that is kept though it was given up': {
    endsAs: 'undo-failed',
    twin: 'delay',
    lie: 'keep-route',
    by: { rollbackWithin: '1s', when: { 'undo-failed': endProxyAfterwards } },
  },
  'a replacement that never comes': {
    endsAs: 'undo-failed',
    twin: 'process-kill',
    lie: 'stay-down',
    by: { rollbackWithin: '1s' },
  },
}

for (const [name, { endsAs, twin, manifest = MANIFESTS[twin], lie = 'none', by = {} }] of Object.entries(
  MODES,
))
  test(`${name} ends as ${endsAs}, and ${twin} without sabotage is confirmed and proven gone`, async () => {
    await using small = await startSmallTarget(lie)
    const course = await breakIt(small, { ...by, manifest: manifest(small.target) })
    assert.equal(endOf(course), endsAs, wordsOf(course))
    const untouched = await twinOf(twin)
    assert.equal(endOf(untouched), 'proven', wordsOf(untouched))
  })

const twins = new Map<keyof typeof MANIFESTS, Promise<Course>>()

/** Each runs once, for all modes that have it. */
function twinOf(twin: keyof typeof MANIFESTS): Promise<Course> {
  const run = async (): Promise<Course> => {
    await using small = await startSmallTarget()
    return await breakIt(small, { manifest: MANIFESTS[twin](small.target) })
  }
  const course = twins.get(twin) ?? run()
  twins.set(twin, course)
  return course
}

function endOf(course: Course): Mode['endsAs'] | 'proven' | 'not injected' {
  if (course.refused !== undefined) return 'refused'
  const kinds = new Set(course.journal.map(({ kind }) => kind))
  if (kinds.has('undo-failed')) return 'undo-failed'
  if (kinds.has('fault-mismatch')) return 'mismatch'
  if (kinds.has('fault-unproven')) return 'unproven'
  return kinds.has('fault-confirmed') && kinds.has('fault-normal') ? 'proven' : 'not injected'
}

const wordsOf = (course: Course): string =>
  course.refused === undefined ? told(course.journal) : course.refused.join('\n')

async function killVictims({ victims }: Act): Promise<void> {
  for (const victim of victims) {
    process.kill(victim.pid, 'SIGKILL')
    await until(`${victim.name} is gone`, () => !isAlive(victim))
  }
}

async function letVictimsGoOn({ victims }: Act): Promise<void> {
  for (const { pid } of victims) process.kill(pid, 'SIGCONT')
}

const proxyOf = (runId: string) =>
  markedProcesses(runId).find(({ pid }) => /entries.proxy/.test(commandLine(pid)))

async function killProxy({ runId }: Act): Promise<void> {
  const proxy = proxyOf(runId)
  assert.ok(proxy, 'the proxy is one of the processes of the run')
  process.kill(proxy.pid, 'SIGKILL')
  await until('the proxy is gone', () => !isAlive(proxy))
}

/** It lives on for the link that it kept. */
async function endProxyAfterwards({ runId }: Act): Promise<void> {
  after(() => {
    const proxy = proxyOf(runId)
    if (proxy) process.kill(proxy.pid, 'SIGKILL')
  })
}

async function leadStraight({ undo }: Act): Promise<void> {
  const steps = undo.kind === 'steps' ? undo.steps : []
  for (const step of steps) if ('method' in step && step.method === 'PUT') await createHttp().send(step)
}

/** Only what takes the toxics off: the link still leads through the proxy. */
async function takeToxicsOff({ undo }: Act): Promise<void> {
  assert.ok(undo.kind === 'steps')
  for (const step of undo.steps)
    if ('method' in step && step.method === 'DELETE') await createHttp().send(step)
}

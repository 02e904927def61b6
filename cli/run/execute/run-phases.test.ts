import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  Control,
  DriverOutcome,
  Fact,
  PlannedPhase,
  Ready,
  RunContext,
  Running,
} from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { controlByPorts } from './control-by-ports.ts'
import { drain } from './drain.ts'
import { runPhases, type Stage } from './run-phases.ts'

/** Something that runs until it is stopped, or ends at once. */
function ready(name: string, said: string[], { endsAtOnce = false } = {}): Ready {
  return {
    start: () => {
      said.push(`${name} started`)
      const done = Promise.withResolvers<DriverOutcome>()
      if (endsAtOnce) done.resolve({ kind: 'completed' })
      return {
        done: done.promise,
        stop: async () => {
          said.push(`${name} stopped`)
          done.resolve({ kind: 'completed' })
        },
      }
    },
  }
}

const KEEPER: Stage['keeper'] = {
  ...{ hold: async () => '', release: async () => {} },
  ...{ isWatching: () => true, takeBack: async () => undefined, carrier: async () => '' },
}

const { drain: _, ...PLAN } = RECORDED_PLAN
const control = controlByPorts(PLAN.target)
const drivers: Stage['drivers'] = { experiment: { prepare: () => assert.fail('all is prepared') } }
const health: Stage['health'] = async () => ({ memoryFreeBytes: 8e9, diskFreeBytes: 8e9, processorWaitMs: 0 })

test('a fault of a phase without load is on while its pages are visited', async () => {
  const said: string[] = []
  const pages: PlannedPhase = {
    name: 'pages',
    startMs: 0,
    durationMs: 60_000,
    judged: true,
    load: false,
    experiments: ['kill'],
    audits: ['home'],
  }
  const stage: Stage = {
    plan: { ...PLAN, load: [], phases: [pages] },
    ...{ drivers, control },
    keeper: KEEPER,
    switches: [],
    stopper: { signal: new AbortController().signal, reason: undefined, stop: () => {} },
    versionNow: async () => undefined,
    health,
    seen: () => new Promise(() => {}),
    prepared: {
      load: undefined,
      experiments: new Map([['kill', ready('kill', said)]]),
      audits: new Map([['pages/home', ready('home', said, { endsAtOnce: true })]]),
    },
    start: (one: Ready): Running => one.start(),
  }
  await runPhases(stage, fakeContext().context)
  assert.deepEqual(said, ['kill started', 'home started', 'kill stopped'])
})

test('the disk is settled before the load starts', async () => {
  const { context, recorded } = fakeContext()
  const said: string[] = []
  const load: Ready = {
    start: () => {
      said.push(...recorded.commands.map(({ file }) => file), 'load')
      return { done: Promise.resolve({ kind: 'failed', reason: 'enough was seen' }), stop: async () => {} }
    },
  }
  const stage: Stage = {
    plan: PLAN,
    ...{ drivers, control, switches: [], versionNow: async () => undefined },
    keeper: KEEPER,
    health,
    stopper: { signal: new AbortController().signal, reason: undefined, stop: () => {} },
    seen: () => new Promise(() => {}),
    prepared: { load, experiments: new Map(), audits: new Map() },
    start: (one) => one.start(),
  }
  await assert.rejects(runPhases(stage, context))
  assert.deepEqual(said, ['sync', 'load'])
})

/** A target with one order that is never done. */
function neverDone(context: RunContext): Control {
  const fact: Fact = {
    schema: 'gauntlet/fact/1',
    name: 'orders',
    atUs: context.clock.nowUs(),
    rows: [{ id: 'a', doneAtUs: null, effects: 0 }],
  }
  const never = () => assert.fail('not asked for here')
  return {
    describe: never,
    fact: async () => fact,
    send: never,
    switchRequest: never,
    runRequest: never,
    routeRequest: never,
  }
}

test('a drain that is stopped writes down what is known, and does not say that it ended', async () => {
  const { context, recorded } = fakeContext({ signal: AbortSignal.abort(new Error('Ctrl-C')) })
  await drain({ atMostMs: 60_000, fact: 'orders' }, { control: neverDone(context), sinceUs: 0 }, context)
  assert.deepEqual(
    recorded.journal.map(({ kind }) => kind),
    ['drain-started'],
  )
  assert.equal(recorded.evidence['facts.ndjson'].length, 1)
})

test('the last word of a drain is how many are open now, not how many were', async () => {
  const { context, recorded } = fakeContext()
  const order = { id: 'a', effects: 0 }
  const states = [
    { ...order, doneAtUs: null },
    { ...order, doneAtUs: 1_000 },
  ]
  const control = {
    ...neverDone(context),
    fact: async (name: string) => ({
      ...{ schema: 'gauntlet/fact/1' as const, name, atUs: 1_000 },
      rows: [states.shift()!],
    }),
  }
  const clock = { ...context.clock, wait: async () => {} }
  await drain({ atMostMs: 60_000, fact: 'orders' }, { control, sinceUs: 0 }, { ...context, clock })
  assert.deepEqual(recorded.lines, [
    'drain: 1 orders open',
    'drain: 0 orders open',
    'drain, done in 0.0 s, 0 of 1 orders open',
  ])
})

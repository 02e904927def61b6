import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  controlOf,
  GauntletError,
  type HeldUndo,
  type HttpReply,
  type PlannedExperiment,
  type Target,
  type Undo,
} from '../../reports/run/index.ts'
import { type FakeOptions, fakeContext } from '../../reports/run/testing.ts'
import { parseExperiment, planExperiment } from '../index.ts'
import { experimentDriver } from './experiment.ts'

const YAML = `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: kill-worker, title: A worker killed, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: worker }, atLeast: 1 } }]
  method:
    - manifest:
        apiVersion: chaos-mesh.org/v1alpha1
        kind: PodChaos
        metadata: { name: kill-worker }
        spec: { action: pod-kill, mode: one, selector: { labelSelectors: { app: worker } } }
  rollback: { within: 1s }
`

function planned(): PlannedExperiment {
  const { value } = parseExperiment(YAML, 'kill.experiment.yaml')
  assert.ok(value)
  const phase = { name: 'worker-lost', durationMs: 20_000 }
  const place = { phase, target: target([FIRST]), seed: 1, sources: [], objectives: [] }
  const { planned, refusals } = planExperiment(value, place)
  assert.deepEqual(refusals, [])
  return planned
}

const FIRST = { name: 'worker', pid: 100, startedAt: 1, state: 'ready', labels: { app: 'worker' } } as const
const SECOND = { ...FIRST, pid: 200, startedAt: 2 } as const

function target(processes: Target['processes']): Target {
  return {
    schema: 'gauntlet/target/1',
    name: 'fixture',
    version: '1',
    addresses: {},
    processes,
    links: [],
    switches: [],
    facts: [],
    logs: [],
    control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
  }
}

/**
 * A platform at the edge of the process: it restarts its worker after the kill, unless told otherwise. `events` has
 * what is held, journaled and signalled in one order, each once it is certain.
 */
function scene({ restarts = true, taken = true, dies = true, putStatus = 200 } = {}) {
  let killed = false
  let told = false
  let nowUs = 0
  const wait = async (ms: number): Promise<void> => {
    nowUs += ms * 1000
  }
  const clock = { nowUs: () => nowUs, wait }
  const options: FakeOptions = {
    clock,
    reply: ({ method = 'GET' }): HttpReply => {
      if (method === 'PUT') {
        told = true
        return { status: putStatus, body: null }
      }
      const replaced = killed && (restarts || (told && putStatus === 200))
      return { status: 200, body: target([replaced ? SECOND : FIRST]) }
    },
    alive: (pid) => (pid === FIRST.pid ? !(killed && dies) : true),
  }
  const { context, recorded } = fakeContext(options)
  const events: string[] = []
  const send = context.exec.signal
  context.exec.signal = (process) => {
    events.push(process.signal)
    killed = true
    send(process)
    return taken
  }
  const write = context.record.journal
  context.record.journal = async (fact) => {
    await write(fact)
    await aMoment()
    events.push(fact.kind)
  }
  const keeper = {
    hold: async ({ kind }: HeldUndo) => {
      await aMoment()
      await aMoment() // longer than the journal: whoever does not wait is found out
      events.push(`held: ${kind}`)
      return 'held-1'
    },
    release: async (id: string) => void events.push(`released: ${id}`),
    isWatching: () => true,
    takeBack: async (undo: Undo): Promise<undefined> => {
      if ('url' in undo) await context.http.send(undo)
    },
    carrier: async () => 'http://127.0.0.1:2',
  }
  return { context, recorded, events, keeper, control: controlOf(target([FIRST]), context.http)! }
}

const aMoment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const PROOFS = ['fault-confirmed', 'fault-mismatch', 'fault-unproven']

/** `stopFirst`: the phase is over before the fault could be injected. */
async function runOne(options: Parameters<typeof scene>[0] & { stopFirst?: boolean } = {}) {
  const { context, recorded, events, control, keeper } = scene(options)
  const driver = experimentDriver({ control, keeper })
  const running = (await driver.prepare(planned(), context)).start()
  const isProven = (): boolean => recorded.journal.some((one) => PROOFS.includes(one.kind))
  while (!options.stopFirst && !isProven()) await aMoment()
  await running.stop('over')
  const outcome = await running.done
  return { kinds: recorded.journal.map((one) => one.kind), recorded, outcome, events }
}

describe('an experiment', () => {
  it('journals hypothesis, injecting, injected, confirmed, undoing, undone and normal, in this order', async () => {
    const { kinds, outcome, recorded } = await runOne()
    assert.deepEqual(kinds, [
      'hypothesis',
      'fault-injecting',
      'fault-injected',
      'fault-confirmed',
      'fault-undoing',
      'fault-undone',
      'fault-normal',
      'hypothesis',
    ])
    assert.deepEqual(outcome, { kind: 'completed' })
    assert.deepEqual(recorded.signals, [{ name: 'worker', pid: 100, startedAt: 1, signal: 'SIGKILL' }])
  })

  it('holds the undo, then journals it, and only then kills', async () => {
    const { events } = await runOne()
    assert.deepEqual(events.slice(1, 5), ['held: fault', 'fault-injecting', 'SIGKILL', 'fault-injected'])
  })

  it('lets the way back go once the fault is proven gone, not before', async () => {
    const { events } = await runOne()
    assert.deepEqual(events.slice(-3), ['fault-normal', 'released: held-1', 'hypothesis'])
  })

  it('leaves the way back with the guardian when the undo failed', async () => {
    const { events } = await runOne({ restarts: false, putStatus: 403 })
    assert.equal(events.at(-1), 'undo-failed')
  })

  it('journals the undo as the guardian holds it', async () => {
    const { recorded } = await runOne()
    const injecting = recorded.journal.find((one) => one.kind === 'fault-injecting')
    assert.ok(injecting)
    assert.ok('url' in injecting.undo)
    assert.equal(injecting.undo.url, 'http://127.0.0.1:1/processes/worker')
    assert.deepEqual(injecting.victims, [{ name: 'worker', pid: 100, startedAt: 1 }])
  })

  it('is unproven when the signal was not sent, whatever became of the process', async () => {
    const { kinds } = await runOne({ taken: false })
    assert.ok(kinds.includes('fault-unproven'))
    assert.ok(!kinds.includes('fault-confirmed'))
  })

  it('brings back nothing when nothing was hit', async () => {
    const { kinds, recorded } = await runOne({ taken: false, restarts: false, putStatus: 403 })
    assert.ok(!recorded.requests.some((one) => one.method === 'PUT'))
    assert.ok(kinds.includes('fault-normal'))
  })

  it('says mismatch when the killed process stays alive', async () => {
    const { kinds } = await runOne({ dies: false })
    assert.ok(kinds.includes('fault-mismatch'))
    assert.ok(!kinds.includes('fault-confirmed'))
    assert.ok(kinds.includes('fault-normal'), 'what was spared is as before')
  })

  it('tells the platform to start the process when it does not by itself', async () => {
    const { kinds, recorded } = await runOne({ restarts: false })
    assert.ok(recorded.requests.some((one) => one.url.endsWith('/processes/worker')))
    assert.ok(kinds.includes('fault-normal'))
  })

  it('says that the undo failed when the control refuses and nothing replaces the process', async () => {
    const { kinds } = await runOne({ restarts: false, putStatus: 403 })
    assert.ok(kinds.includes('undo-failed'))
    assert.ok(!kinds.includes('fault-normal'))
  })

  it('finds no steady state in a target that is gone after the fault, and that is a result', async () => {
    const { context, recorded, control, keeper } = scene({ dies: false })
    const isGone = () => recorded.journal.some(({ kind }) => kind === 'fault-normal')
    const describe = control.describe
    const dying = {
      ...control,
      describe: () =>
        isGone() ? Promise.reject(new GauntletError('NO_CONTROL', 'nobody answers')) : describe(),
    }
    const running = (await experimentDriver({ control: dying, keeper }).prepare(planned(), context)).start()
    while (!recorded.journal.some((one) => PROOFS.includes(one.kind))) await aMoment()
    await running.stop('over')
    assert.deepEqual(await running.done, { kind: 'completed' })
    const last = recorded.journal.at(-1)
    assert.ok(last?.kind === 'hypothesis' && last.when === 'after')
    assert.deepEqual([last.held, last.seen], [false, 'nobody answers'])
  })

  it('of people undoes nothing itself, and lets the way back go once what they did is proven', async () => {
    const { context, recorded, events, control, keeper } = scene()
    const driver = experimentDriver({ control, keeper })
    const drill = { ...planned(), faultOnly: true } as const
    const outcome = await (await driver.prepare(drill, context)).start().done
    assert.deepEqual(outcome, { kind: 'completed' })
    assert.deepEqual(events.slice(-5), [
      ...['fault-confirmed', 'fault-undone', 'fault-normal', 'released: held-1', 'hypothesis'],
    ])
    const by = recorded.journal.flatMap((one) => ('by' in one ? one.by : []))
    assert.deepEqual(by, ['people', 'people'])
  })

  it('of people is over at once when its effect was not seen: nobody is asked to mend it', async () => {
    const { context, recorded, control, keeper } = scene({ dies: false })
    const driver = experimentDriver({ control, keeper })
    const drill = { ...planned(), faultOnly: true } as const
    await (await driver.prepare(drill, context)).start().done
    assert.ok(recorded.journal.some((one) => one.kind === 'fault-undoing' && one.by === 'harness'))
  })

  it('injects nothing once the phase is over, however late the target answered', async () => {
    const { kinds, outcome, recorded } = await runOne({ stopFirst: true })
    assert.deepEqual(kinds, ['hypothesis'])
    assert.equal(outcome.kind, 'stopped')
    assert.deepEqual(recorded.signals, [])
  })
})

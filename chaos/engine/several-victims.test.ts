import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  controlOf,
  type DriverOutcome,
  type JournalFact,
  type PlannedExperiment,
  type Target,
  type Undo,
} from '../../reports/run/index.ts'
import { fakeContext } from '../../reports/run/testing.ts'
import { parseExperiment, planExperiment } from '../index.ts'
import { experimentDriver } from './experiment.ts'

const YAML = `
apiVersion: gauntlet/v1
kind: Experiment
metadata: { name: pause-workers, title: All workers stand still, why: It happens }
spec:
  hypothesis: [{ name: alive, process: { labels: { app: worker }, atLeast: 1 } }]
  method:
    - manifest:
        apiVersion: gauntlet/v1
        kind: ProcessChaos
        metadata: { name: pause-workers }
        spec: { action: pause, mode: all, selector: { labelSelectors: { app: worker } } }
  rollback: { within: 1s }
`

const worker = (name: string, pid: number) => ({
  ...{ name, pid, startedAt: 1, state: 'ready' as const },
  labels: { app: 'worker' },
})
const target: Target = {
  ...{ schema: 'gauntlet/target/1', name: 'fixture', version: '1', addresses: {} },
  processes: [worker('worker-1', 101), worker('worker-2', 102)],
  ...{ links: [], switches: [], facts: [], logs: [] },
  control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
}

function planned(): PlannedExperiment {
  const { value } = parseExperiment(YAML, 'pause.experiment.yaml')
  assert.ok(value)
  const phase = { name: 'paused', durationMs: 20_000 }
  return planExperiment(value, { phase, target, seed: 1, sources: [], objectives: [] }).planned
}

/** Two workers of a machine at the edge of the process: a set of those that stand still. */
function scene() {
  const stopped = new Set<number>()
  let nowUs = 0
  const wait = async (ms: number): Promise<void> => {
    nowUs += ms * 1000
  }
  const { context, recorded } = fakeContext({
    clock: { nowUs: () => nowUs, wait },
    reply: () => ({ status: 200, body: target }),
    stopped: (pid) => stopped.has(pid),
  })
  context.exec.signal = ({ pid }) => Boolean(stopped.add(pid))
  const keeper = {
    hold: async () => 'held',
    release: async (): Promise<void> => {},
    isWatching: () => true,
    takeBack: async (undo: Undo): Promise<undefined> => {
      assert.ok(undo.kind === 'signal')
      stopped.delete(undo.victim.pid)
    },
    carrier: async () => '',
  }
  const said = (kind: JournalFact['kind']) => recorded.journal.filter((one) => one.kind === kind)
  return { context, said, keeper, stopped, control: controlOf(target, context.http)! }
}

const aMoment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function untilOver(
  { context, keeper, control, said }: ReturnType<typeof scene>,
  isEnough: () => boolean = () => said('fault-confirmed').length === 2,
): Promise<DriverOutcome> {
  const running = (await experimentDriver({ control, keeper }).prepare(planned(), context)).start()
  while (!isEnough()) await aMoment()
  await running.stop('over')
  return running.done
}

describe('a fault at several victims', () => {
  it('is taken back at all of them', async () => {
    const all = scene()
    assert.deepEqual(await untilOver(all), { kind: 'completed' })
    assert.deepEqual([...all.stopped], [])
    assert.equal(all.said('fault-normal').length, 2)
  })

  it('is taken back at the others too when the guardian goes while one of them is let go', async () => {
    const all = scene()
    all.keeper.release = () => Promise.reject(new Error('the guardian ended before us'))
    await untilOver(all)
    assert.deepEqual([...all.stopped], [])
    assert.equal(all.said('fault-normal').length, 2)
  })

  it('is taken back at the others too when nobody can look whether one is gone, which is not proven then', async () => {
    const all = scene()
    all.context.exec.isAlive = ({ pid }) => {
      if (pid === 102 && all.said('fault-undone').length > 0) throw new Error('no such file')
      return true
    }
    await untilOver(all)
    assert.deepEqual([...all.stopped], [])
    assert.deepEqual([all.said('undo-failed').length, all.said('fault-normal').length], [1, 1])
  })

  it('is unproven at those that were not hit before their phase was over', async () => {
    const all = scene()
    let isOver = false
    all.keeper.hold = async () => {
      isOver = true
      await aMoment()
      await aMoment()
      return 'held'
    }
    await untilOver(all, () => isOver)
    assert.deepEqual([...all.stopped], [])
    const [missed, ...more] = all.said('fault-unproven')
    assert.ok(missed?.kind === 'fault-unproven' && more.length === 0)
    assert.match(missed.seen, /^worker-2 \(pid 102\) was not hit: its phase was over before$/)
    assert.equal(all.said('fault-injecting').length, 1)
  })
})

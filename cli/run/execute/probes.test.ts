import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type {
  Control,
  Measure,
  Plan,
  ProbeSample,
  Target,
  TargetProcess,
} from '../../../reports/run/index.ts'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { fakeClock, fakeContext } from '../../../reports/run/testing.ts'
import { AVAILABLE, PLAN } from '../../../slo/judge/testing/run.ts'
import { identify } from '../../process/identity.ts'
import { tellsResources } from '../../process/resources.ts'
import { probesOf } from '../plan/probe-names.ts'
import { controlByPorts } from './control-by-ports.ts'
import { startProbes } from './probes.ts'

const skip = tellsResources() ? false : '/proc is missing'
const probe = (name: string): Measure => ({ measure: 'probe', name })

function described(...processes: readonly Partial<TargetProcess>[]): Target {
  return { ...PLAN.target, processes: processes.map((one) => ({ name: 'orders', labels: {}, ...one })) }
}

/** A control that tells this of the target, each time anew. */
function controlThat(describe: () => Promise<Target>): Control {
  const never = () => assert.fail('not asked for here')
  return { describe, fact: never, send: never, switchRequest: never, runRequest: never, routeRequest: never }
}

interface Given {
  readonly target: Target
  readonly control?: Control
  readonly probes: readonly string[]
}

/** Probes at work on a clock that only the test moves on. */
function reading({ target, control = controlByPorts(target), probes }: Given) {
  const clock = fakeClock()
  const { context, recorded } = fakeContext({ clock })
  const objectives = probes.map((name) => ({ ...AVAILABLE, total: probe(name) }))
  const plan: Plan = { ...PLAN, target, objectives }
  const zeroUs = clock.nowUs()
  const { stop } = startProbes({ plan, control, zeroUs }, context)
  return {
    stop,
    advance: async (ms: number) => {
      await turn()
      await clock.advance(ms)
      await turn()
    },
    samples: () =>
      recorded.evidence['probes.ndjson'].map((line) => {
        assert.ok(isSample(line))
        return { ...line, atMs: (line.atUs - zeroUs) / 1000 }
      }),
  }
}

const isSample = (line: object): line is ProbeSample => 'probe' in line && 'value' in line && 'atUs' in line

async function sleeper(): Promise<ChildProcess> {
  const child = spawn('/bin/sleep', ['60'], { stdio: 'ignore' })
  await once(child, 'spawn')
  return child
}

test('each objective that asks a probe is heard, once for each name', () => {
  const objectives = [
    { ...AVAILABLE, total: probe('orders/threads') },
    { ...AVAILABLE, total: probe('orders/threads'), good: probe('orders/open-files') },
    { ...AVAILABLE, members: [{ weight: 1, total: probe('gateway/threads'), targetRatio: 0.9 }] },
  ]
  assert.deepEqual(probesOf(objectives), ['orders/threads', 'orders/open-files', 'gateway/threads'])
})

test('reads in the middle of each second, and only what is asked', { skip }, async () => {
  const { stop, advance, samples } = reading({
    target: described({ ...identify(process.pid) }, { name: 'gateway', ...identify(process.pid) }),
    probes: ['orders/threads', 'orders/open-files'],
  })
  for (let half = 0; half < 6; half += 1) await advance(500)
  await stop()
  const seen = samples()
  assert.deepEqual(
    seen.map(({ probe, atMs }) => `${probe} ${atMs}`),
    [500, 1500, 2500].flatMap((ms) => [`orders/threads ${ms}`, `orders/open-files ${ms}`]),
  )
  for (const { value } of seen) assert.ok(value !== null && value > 0)
})

test('a process that was started again is found by its name', { skip }, async () => {
  const [first, second] = [await sleeper(), await sleeper()]
  try {
    let asked = 0
    const control = controlThat(async () => {
      asked += 1
      return described({ ...identify(second.pid) })
    })
    const target = described({ ...identify(first.pid) })
    const { stop, advance, samples } = reading({ target, control, probes: ['orders/threads'] })
    await advance(500)
    assert.equal(asked, 0, 'not asked while it lives')
    first.kill('SIGKILL')
    await once(first, 'exit')
    await advance(1000)
    await advance(1000)
    await stop()
    assert.deepEqual(
      samples().map(({ value }) => value),
      [1, 1, 1],
    )
    assert.equal(asked, 1)
  } finally {
    for (const one of [first, second]) one.kill('SIGKILL')
  }
})

test('a process of which only the port is known is found by that', { skip }, async (context) => {
  const address = await onLoopback(createServer(), context)
  const target = { ...described({ port: Number(new URL(address).port) }), addresses: { orders: address } }
  const { control: _, ...alone } = target
  const { stop, advance, samples } = reading({ target: alone, probes: ['orders/threads'] })
  await advance(500)
  await stop()
  const [sample] = samples()
  assert.ok(sample?.value, JSON.stringify(sample))
})

test('what cannot be read is recorded as nothing: no such pid, no control, a control that fails', {
  skip,
}, async () => {
  const gone = { pid: process.pid, startedAt: 1 }
  const broken = controlThat(() => Promise.reject(new Error('connection refused')))
  const stopped = controlThat(async () => described({ state: 'stopped' }))
  for (const control of [undefined, broken, stopped]) {
    const given = { target: described(gone), probes: ['orders/threads'], ...(control && { control }) }
    const { stop, advance, samples } = reading(given)
    await advance(500)
    await stop()
    assert.deepEqual(
      samples().map(({ value }) => value),
      [null],
    )
  }
})

test('a control that never answers holds up neither the other processes nor the end', { skip }, async () => {
  const { stop, advance, samples } = reading({
    target: described({}, { name: 'gateway', ...identify(process.pid) }),
    control: controlThat(() => new Promise(() => {})),
    probes: ['orders/threads', 'gateway/threads'],
  })
  await advance(500)
  for (let second = 1; second < 3; second += 1) await advance(1000)
  await stop()
  assert.deepEqual(
    samples().map(({ probe }) => probe),
    Array(3).fill('gateway/threads'),
  )
})

test('a moment that was slept through is left out, not read twice', { skip }, async () => {
  const target = described({ ...identify(process.pid) })
  const { stop, advance, samples } = reading({ target, probes: ['orders/threads'] })
  await advance(500)
  await advance(2700)
  await advance(300)
  await stop()
  assert.deepEqual(
    samples().map(({ atMs }) => atMs),
    [500, 3200],
  )
})

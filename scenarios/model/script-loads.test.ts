import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { PlannedLoad } from '../../reports/run/index.ts'
import { ScriptOptions, scriptAtMostMs, scriptLengthMs, toScriptLoads } from './index.ts'
import type { ScriptScenario } from './script-options.ts'

const FILE = { path: 'load/checkout.js', sha256: 'abc' }

function options(
  scenarios: Record<string, ScriptScenario>,
  more: Partial<ScriptOptions> = {},
): ScriptOptions {
  const said = { scenarios, totalDuration: '1m30s', maxVUs: 3, ...more }
  assert.ok(Compile(ScriptOptions).Check(said))
  return said
}

const executorOf = (scenario: ScriptScenario) => {
  const [load] = toScriptLoads(options({ it: scenario }), FILE)
  assert.ok(Compile(PlannedLoad).Check(load) && load.executor.kind === 'script')
  const { kind: _, scenario: __, executor: ___, ...rest } = load.executor
  return rest
}

const NOTHING_SAID = { exec: 'default', startMs: 0, countsIterations: false, maxVus: 1 }

test('a constant arrival rate is an open model of one stage, by the second', () => {
  const executor = 'constant-arrival-rate'
  assert.deepEqual(
    executorOf({ executor, rate: 30, timeUnit: '1m', duration: '1m30s', preAllocatedVUs: 5, maxVUs: null }),
    {
      ...{ ...NOTHING_SAID, durationMs: 90_000, maxVus: 5 },
      stages: [{ fromPerSecond: 0.5, toPerSecond: 0.5, durationMs: 90_000 }],
    },
  )
})

test('a ramping arrival rate goes from each target to the next', () => {
  const stages = [
    { duration: '10s', target: 20 },
    { duration: '500ms', target: 5 },
  ]
  assert.deepEqual(
    executorOf({ executor: 'ramping-arrival-rate', startRate: null, stages, preAllocatedVUs: 5, maxVUs: 9 }),
    {
      ...{ ...NOTHING_SAID, durationMs: 10_500, maxVus: 9 },
      stages: [
        { fromPerSecond: 0, toPerSecond: 20, durationMs: 10_000 },
        { fromPerSecond: 20, toPerSecond: 5, durationMs: 500 },
      ],
    },
  )
})

const CLOSED: readonly (readonly [ScriptScenario, object])[] = [
  [
    { executor: 'constant-vus', vus: 4, duration: '1h' },
    { durationMs: 3_600_000, maxVus: 4 },
  ],
  [
    { executor: 'ramping-vus', startVUs: null, stages: [{ duration: '5s', target: 7 }] },
    { durationMs: 5_000, maxVus: 7 },
  ],
  [
    { executor: 'shared-iterations', vus: 2, maxDuration: '30s' },
    { durationMs: 30_000, maxVus: 2, countsIterations: true },
  ],
  [
    { executor: 'per-vu-iterations', vus: null, maxDuration: null, exec: 'pay' },
    { durationMs: 600_000, exec: 'pay', countsIterations: true },
  ],
]
for (const [scenario, expected] of CLOSED)
  test(`of ${scenario.executor} nothing is due at a known time`, () => {
    assert.deepEqual(executorOf(scenario), { ...NOTHING_SAID, ...expected })
  })

test('times count from the scenario that starts first, and each has a label of its own', () => {
  const vus = { executor: 'constant-vus', vus: 1 } as const
  const loads = toScriptLoads(
    options({
      Late: { ...vus, duration: '1s', startTime: '15s' },
      early: { ...vus, duration: '4.2s', startTime: '10s' },
    }),
    FILE,
  )
  assert.deepEqual(
    loads.map(
      ({ name, executor }) => executor.kind === 'script' && [name, executor.scenario, executor.startMs],
    ),
    [
      ['late', 'Late', 5_000],
      ['early', 'early', 0],
    ],
  )
  assert.equal(scriptLengthMs(loads), 6_000)
})

test('of a part of a scenario nobody knows which ticks it takes', () => {
  const scenario = { executor: 'constant-arrival-rate', rate: 8, duration: '9s' } as const
  const [load] = toScriptLoads(options({ it: scenario }, { executionSegment: '0:1/4' }), FILE)
  assert.ok(load?.executor.kind === 'script' && load.executor.stages === undefined)
})

test('setup and teardown may take their time too', () => {
  const scenario = { executor: 'constant-vus', duration: '1m' } as const
  assert.equal(scriptAtMostMs(options({ it: scenario })), 60_000 + 90_000 + 60_000)
  assert.equal(scriptAtMostMs(options({ it: scenario }, { setupTimeout: '5m' })), 300_000 + 90_000 + 60_000)
})

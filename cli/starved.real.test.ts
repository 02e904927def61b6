import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { after, afterEach, type TestContext, test } from 'node:test'
import { GauntletError } from '../reports/run/index.ts'
import { mulberry32 } from '../slo/judge/statistics/mulberry32.ts'
import { type HealthyRun, healthyRun } from './house/instrument/healthy-run.ts'
import { measuredRun } from './house/instrument/measured-run.ts'
import { pauseClerk } from './house/instrument/pause-clerk.ts'
import { openScene, type Scene } from './house/instrument/scene.ts'
import { STARVATIONS } from './house/instrument/starvation/index.ts'
import { markedProcesses } from './process/marks.ts'

// A sample of `npm run prove -- starved`. Its plan is too short to be decided; to be invalid it is long enough.
const [PLAN, LENGTH_MS, SAMPLE] = ['glance', 5_000, 10]
const NAME = 'starved-sample'

const scene = await openScene(NAME).catch((error: Error) => error)
const skip = scene instanceof Error && `k6 is missing: ${scene.message}`

afterEach(() => {
  assert.deepEqual(markedProcesses(NAME), [], 'processes left over')
  assert.deepEqual(globSync('/sys/fs/cgroup/cpu/gauntlet-starved-*'), [])
})
after(async () => {
  if (!(scene instanceof Error)) await scene[Symbol.asyncDispose]()
})

function opened(): Scene {
  if (scene instanceof Error) throw scene
  return scene
}

/** Skips on a machine that others keep busy: nothing is to be learned there. */
async function healthyVerdict(how: Omit<HealthyRun, 'patienceMs'>, context: TestContext) {
  try {
    return (await healthyRun({ ...how, patienceMs: 20_000 }, opened())).verdict
  } catch (error) {
    if (!(error instanceof GauntletError) || error.code !== 'MACHINE_BUSY') throw error
    context.skip(error.message)
    return undefined
  }
}

const draw = mulberry32(20261121)
for (let n = 0; n < SAMPLE; n += 1) {
  const { name, whyNot, starve } = STARVATIONS[n % STARVATIONS.length]!
  const harshness = draw()
  const reason = whyNot()
  test(`starved run ${n + 1} of ${SAMPLE} (${name}, ${harshness.toFixed(2)}) is invalid`, {
    skip: skip || (reason === undefined ? false : `no ${name}: ${reason}`),
  }, async () => {
    const { verdict } = await measuredRun(PLAN, opened(), (run) =>
      starve(run, { harshness, lengthMs: LENGTH_MS }),
    )
    assert.equal(verdict.verdict, 'invalid', verdict.why)
  })
}

test('a run whose generator has a processor to itself is not invalid', { skip }, async (context) => {
  const verdict = await healthyVerdict({ plan: PLAN }, context)
  assert.notEqual(verdict?.verdict, 'invalid', verdict?.why)
})

test('a target that pauses for 5 s is violated, not invalid', { skip }, async (context) => {
  const disturb = pauseClerk({ fromMs: 6_000, forMs: 5_000 })
  const verdict = await healthyVerdict({ plan: 'steady', disturb }, context)
  if (verdict !== undefined) assert.equal(verdict.verdict, 'violated', verdict.why)
})

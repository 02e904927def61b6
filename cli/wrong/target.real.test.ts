import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXIT } from '../../reports/run/index.ts'
import { findBrowser } from '../../scenarios/drivers/lighthouse/index.ts'
import { createExec } from '../process/exec.ts'
import { whereToLook } from '../run/draft/tools.ts'
import { answerOf, gauntlet, runPlan } from '../testing/gauntlet.ts'
import { runFolders } from '../testing/run-folders.ts'
import { openShop } from '../testing/shop.ts'
import { answerOrStarved, answerUnderLoad } from '../testing/spare-runs.ts'

const shop = await openShop('the test of targets and journeys that fail')
const { skip } = shop

test('a target that hangs until the end has violated every objective on its requests', {
  skip,
}, async (context) => {
  const answer = await answerUnderLoad(context, {
    run: () => gauntlet(runPlan('look', shop), shop, { SHOP_MODE: 'hang' }),
    code: EXIT.violated.code,
  })
  if (answer === undefined) return
  const { verdict } = answer
  assert.equal(verdict?.outcome, 'completed')
  assert.deepEqual(
    verdict.objectives.map(({ name, verdict }) => [name, verdict]),
    [
      ['browse-answered', 'violated'],
      ['browse-latency', 'violated'],
    ],
  )
  for (const { events, bad } of verdict.objectives) {
    assertNearlyAll(events, 20 * 16)
    assert.ok(bad >= events - 10, `${bad} of ${events}`) // it answers the first ten
  }
})

/** k6 may start one more on the closing edge; on a busy machine it does not come to some. */
function assertNearlyAll(events: number, due: number): void {
  assert.ok(events > 0.8 * due && events <= due + 1, `${events} of ${due}`)
}

test('a journey that throws in every iteration makes the run invalid, and is quoted', { skip }, async () => {
  const { verdict } = answerOf(await gauntlet(runPlan('mistaken-journey', shop), shop), EXIT.invalid.code)
  assert.equal(verdict?.verdict, 'invalid')
  const [finding] = verdict.findings
  assert.equal(finding?.kind, 'no-iteration-completed')
  assert.match(finding.why, /the shelf is not where the journey looks for it/)
})

test('a steady state that does not hold ends the run before the fault', { skip }, async () => {
  const { verdict } = answerOrStarved(
    await gauntlet(runPlan('worker-lost', shop), shop, { SHOP_MODE: 'wrong-start' }),
    EXIT.stopped.code,
  )
  assert.equal(verdict?.outcome, 'aborted')
  assert.equal(verdict.faults[0]?.proof, 'not injected')
})

test('a page that never loads decides nothing, and is said to have failed', async (context) => {
  const missing = await whyNoBrowser()
  if (missing !== undefined) return context.skip(missing)
  const { verdict, stderr } = answerOf(
    await gauntlet(runPlan('window', shop), shop, { SHOP_MODE: 'blank-page' }),
    EXIT.inconclusive.code,
  )
  assert.equal(verdict?.outcome, 'completed', stderr)
  const [objective] = verdict.objectives
  assert.equal(objective?.events, 0)
  const visits = readFileSync(join(runFolders(shop).at(-1) ?? '', 'evidence', 'audits.ndjson'), 'utf8')
  for (const line of visits.trim().split('\n')) assert.match(JSON.parse(line).error, /./)
  assert.match(objective.why, /^(\d) of \1 visits gave no figures: the page gave no figures within 3 s$/)
})

async function whyNoBrowser(): Promise<string | undefined> {
  const exec = createExec({ runId: 'test' })
  const search = { ...whereToLook(), exec, log: { doing: () => {} } }
  return findBrowser(search).then(
    () => undefined,
    (error: Error) => `Chromium is missing: ${error.message}`,
  )
}

test("no K6 variable of the caller's has any effect on the load", { skip }, async (context) => {
  const variables = {
    K6_VUS: '1',
    K6_DURATION: '1s',
    K6_ITERATIONS: '1',
    K6_STAGES: '1s:1',
    K6_RPS: '1',
    K6_PAUSED: 'true',
    K6_HTTP_DEBUG: 'full',
    K6_OUT: `json=${join(shop.root, 'theirs.json')}`,
    K6_LOG_OUTPUT: 'none',
  }
  const answer = await answerUnderLoad(context, {
    run: () => gauntlet(runPlan('glance', shop), shop, variables),
    code: EXIT.inconclusive.code,
  })
  if (answer === undefined) return
  assertNearlyAll(answer.verdict?.objectives[0]?.events ?? 0, 20 * 3)
})

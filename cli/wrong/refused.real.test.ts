import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { EXIT } from '../../reports/run/index.ts'
import { answerOf, gauntlet, gauntletHere, runPlan, startGauntlet } from '../testing/gauntlet.ts'
import { runFolders } from '../testing/run-folders.ts'
import { openShop, restoreFiles } from '../testing/shop.ts'
import { answerOrStarved } from '../testing/spare-runs.ts'

const shop = await openShop('the test of refusals')
const { skip } = shop

/** Replaces text in a file of the shop for the length of a test. */
function mistake(file: string, right: string, wrong: string, context: TestContext): void {
  const path = join(shop.root, 'perf', file)
  const text = readFileSync(path, 'utf8')
  assert.ok(text.includes(right), `${file} says nothing of ${right}`)
  writeFileSync(path, text.replace(right, wrong))
  context.after(() => restoreFiles(shop))
}

test('offers the nearest names for a plan that does not exist', async () => {
  const { stderr, document } = answerOf(await gauntlet(runPlan('stedy', shop), shop), EXIT.refused.code)
  assert.match(stderr, /^refused: there is no plan "stedy" {3}\(exit 2\)\n {2}hint {5}nearest: steady/)
  assert.equal(document['code'], 'NO_PLAN')
})

test('shows the mistakes of all files at once, each with file, line and column', async (context) => {
  mistake('glance.plan.yaml', 'for: 3s', 'for: 3', context)
  mistake('glance.plan.yaml', '[{ slo: browse-latency }', '[{ slow: browse-latency }', context)
  mistake('glance.plan.yaml', 'scenario: browse', 'scenario: brows', context)
  mistake('browse.scenario.yaml', 'rate: 20', 'rate: 0', context)
  mistake('kill-worker.experiment.yaml', 'mode: one', 'mode: [one', context)
  mistake('browse-latency.slo.yaml', 'target: 0.95', 'target: 1', context)
  const answer = answerOf(await gauntlet(runPlan('glance', shop), shop), EXIT.refused.code)
  const { complaints } = answer.document
  assert.ok(Array.isArray(complaints))
  assert.match(
    answer.stderr,
    new RegExp(`^refused: nothing was started: ${complaints.length} mistakes in 4 files`),
  )
  const expected = [
    ['browse.scenario.yaml:5:50', 'rate "0" must be > 0'],
    ['kill-worker.experiment.yaml:15:93', 'must be sufficiently indented and end with a ]'],
    ['browse-latency.slo.yaml:17:57', 'target 1 is not allowed by OpenSLO'],
    ['glance.plan.yaml:8:22', 'unknown scenario "brows"'],
    ['glance.plan.yaml:10:26', '"3" is not a duration'],
    ['glance.plan.yaml:11:18', 'unknown key "slow"'],
  ] as const
  for (const [place, message] of expected)
    assert.ok(
      answer.stderr.split('\n').some((line) => line.startsWith(`perf/${place}`) && line.includes(message)),
      `${place} ${message} in\n${answer.stderr}`,
    )
  assert.doesNotMatch(answer.stderr, /unknown (experiment|objective)/, 'what is broken is not unknown')
})

test('shows all names of a plan that nothing goes by, with what is nearest', async (context) => {
  mistake('worker-lost.plan.yaml', '[kill-worker]', '[kill-wroker]', context)
  mistake('worker-lost.plan.yaml', 'scenario: browse', 'scenario: brows', context)
  mistake('worker-lost.plan.yaml', 'slo: browse-answered', 'slo: browse-answer', context)
  const { stderr } = answerOf(await gauntlet(runPlan('worker-lost', shop), shop), EXIT.refused.code)
  assert.match(
    stderr,
    /unknown scenario "brows"[\s\S]*unknown experiment "kill-wroker"[\s\S]*"browse-answer"/,
  )
  assert.match(stderr, /nearest: kill-worker/)
})

test("says in k6's words why a journey cannot be loaded, and starts nothing", { skip }, async (context) => {
  mistake('browse.k6.ts', 'export default', 'export defalt', context)
  const before = runFolders(shop)
  const { stderr } = answerOf(await gauntlet(runPlan('glance', shop), shop), EXIT.refused.code)
  assert.match(
    stderr,
    /^refused: nothing was started: k6 cannot load a journey: .*browse\.k6\.ts: Line \d+:\d+/,
  )
  assert.deepEqual(runFolders(shop), before)
})

test('names an address of the target that leads nowhere', async (context) => {
  mistake('../target.ts', 'front: `http://127.0.0.1:', 'front: `http://127.0.0.1:80800', context)
  const { stderr, document } = answerOf(await gauntlet(runPlan('glance', shop), shop), EXIT.refused.code)
  assert.equal(document['code'], 'BAD_ADDRESS')
  assert.match(stderr, /127\.0\.0\.1:80800\d/)
})

test('names the holder of a port that is taken, and starts nothing', { skip }, async () => {
  const [, taken] = shop.ports
  const holder = createServer().listen(taken, '127.0.0.1')
  await once(holder, 'listening')
  try {
    const before = runFolders(shop)
    const { stderr } = answerOf(await gauntlet(runPlan('glance', shop), shop), EXIT.refused.code)
    assert.match(
      stderr,
      new RegExp(`^refused: port ${taken} on 127.0.0.1 is taken by process ${process.pid} `),
    )
    assert.deepEqual(runFolders(shop), before)
  } finally {
    holder.close()
    await once(holder, 'close')
  }
})

test('names the run that measures the target; with --wait it comes after it', { skip }, async () => {
  const first = startGauntlet(runPlan('worker-long-lost', shop), shop)
  const runId = basename(await first.journals('fault-confirmed'))
  const { stderr } = answerOf(await gauntlet(runPlan('glance', shop), shop), EXIT.refused.code)
  assert.match(
    stderr,
    new RegExp(`^refused: shop is being measured by run ${runId}, started .* ago by pid ${first.pid} `),
  )
  const waiting = startGauntlet(runPlan('glance', shop, '--wait'), shop)
  await waiting.says(new RegExp(`waiting: shop is being measured by run ${runId}`))
  first.pressCtrlC()
  const stopped = answerOrStarved(await first.ended, EXIT.stopped.code)
  const came = answerOrStarved(await waiting.ended, EXIT.inconclusive.code)
  assert.deepEqual(
    [stopped, came].map(({ verdict }) => verdict?.outcome),
    ['interrupted', 'completed'],
  )
})

test('a run that waits for the target can be stopped', { skip }, async () => {
  const first = startGauntlet(runPlan('worker-long-lost', shop), shop)
  await first.journals('fault-confirmed')
  const waiting = startGauntlet(runPlan('glance', shop, '--wait'), shop)
  await waiting.says(/waiting: shop/)
  waiting.pressCtrlC()
  const { stderr } = answerOf(await waiting.ended, EXIT.stopped.code)
  assert.match(stderr, /^stopped: Ctrl-C, before the run began {3}\(exit 22\)/m)
  first.pressCtrlC()
  const stopped = answerOrStarved(await first.ended, EXIT.stopped.code)
  assert.equal(stopped.verdict?.outcome, 'interrupted')
})

test('a wrong option is refused in one JSON document too', async () => {
  const { document } = answerOf(await gauntlet(runPlan('glance', shop, '--fast'), shop), EXIT.refused.code)
  assert.match(String(document['message']), /^unknown option '--fast'/)
})

const USAGE = [
  [['lst'], /^refused: unknown command 'lst' {3}\(exit 2\)\n {2}hint {5}nearest: list\n/],
  [
    ['list', 'all'],
    /^refused: too many arguments for 'list'.* {3}\(exit 2\)\n {2}hint {5}gauntlet list --help/,
  ],
  [
    ['slo', 'budget', '--sead', '1'],
    /^refused: unknown option '--sead' {3}\(exit 2\)\n {2}hint {5}nearest: --seed/,
  ],
  [['slo'], /^Usage: gauntlet slo(?![\s\S]*refused)/],
] as const

for (const [args, says] of USAGE)
  test(`gauntlet ${args.join(' ')} is refused in the form of every refusal`, async () => {
    const { exitCode, stderr } = await gauntletHere(args, shop.root)
    assert.equal(exitCode, EXIT.refused.code)
    assert.match(stderr, says)
  })

import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { answerOf, gauntlet, journalOf } from '../../testing/gauntlet.ts'
import { runFolders } from '../../testing/run-folders.ts'
import { openShop } from '../../testing/shop.ts'

const shop = await openShop('the test of chaos run')
const policyFile = join(shop.root, 'gauntlet.policy.yaml')
afterEach(() => rmSync(policyFile, { force: true }))
const chaosRun = (name: string, variables = {}) =>
  gauntlet(
    ['chaos', 'run', name, '--for', '2s', '--port', String(shop.ports[0]), '--plain', '--json'],
    shop,
    variables,
  )

/** A policy that protects the worker. */
function protectWorker(): void {
  const head = 'apiVersion: gauntlet/v1\nkind: Policy\nmetadata: { name: shop, title: A, why: B }\n'
  writeFileSync(policyFile, `${head}spec: { protected: { processes: [worker] } }\n`)
}

test('an experiment alone is met when its fault was seen, is gone, and the steady state held on both sides', async () => {
  const { verdict } = answerOf(await chaosRun('kill-worker'), 0)
  assert.equal(verdict?.verdict, 'met')
  assert.deepEqual(
    verdict.faults.map(({ experiment, proof, undo }) => [experiment, proof, undo]),
    [['kill-worker', 'confirmed', 'proven gone']],
  )
  const phases = journalOf(runFolders(shop).at(-1)!).flatMap((one) =>
    one.kind === 'phase-started' ? one.phase : [],
  )
  assert.deepEqual(phases, ['before', 'fault', 'after'])
})

for (const [what, name, mode, code] of [
  ['that hit nothing is invalid', 'kill-worker-unasked', 'wrong-start', 23],
  ['that cannot be taken back needs somebody now', 'kill-worker', 'stubborn', 25],
] as const)
  test(`a fault ${what}: exit ${code}`, async () => {
    answerOf(await chaosRun(name, { SHOP_MODE: mode }), code)
  })

test('list says what each breaks, and plan whom it would hit and by which rule', async () => {
  const list = answerOf0(await gauntlet(['chaos', 'list', '--json'], shop))
  assert.match(list, /"breaks": "SIGKILL to one of the processes with app=worker"/)
  assert.match(list, /"refusals": \[\]/)
  const plan = answerOf0(await gauntlet(['chaos', 'plan', 'kill-worker', '--json'], shop))
  assert.match(plan, /there is no policy, so nothing is protected/)
})

test('what the policy protects is refused by chaos run, chaos plan, run and plan, with nothing started', async () => {
  protectWorker()
  const before = runFolders(shop).length
  for (const args of [
    ['chaos', 'run', 'kill-worker'],
    ['chaos', 'plan', 'kill-worker'],
    ['run', 'worker-lost', '--allow-undecidable'],
    ['plan', 'worker-lost', '--allow-undecidable'],
  ]) {
    const { exitCode, stderr } = await gauntlet(args, shop)
    assert.equal(exitCode, 2, stderr)
    assert.match(stderr, /it may hit the process worker, which the policy protects/)
  }
  assert.equal(runFolders(shop).length, before)
})

test('a plan takes a protected name upon itself in words, with a why', async () => {
  protectWorker()
  const plan = `
apiVersion: gauntlet/v1
kind: Plan
metadata: { name: worker-risked, title: A, why: B }
spec:
  load: [{ scenario: browse }]
  phases: [{ name: worker-lost, for: 3s, experiments: [kill-worker] }]
  objectives: [{ slo: browse-answered }]
  allowProtected: [{ name: worker, why: The game day of November }]
`
  const path = join(shop.root, 'perf', 'worker-risked.plan.yaml')
  writeFileSync(path, plan)
  const { exitCode, stdout, stderr } = await gauntlet(['plan', 'worker-risked', '--allow-undecidable'], shop)
  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /policy +allows kill-worker: no protected name, or allowed by the plan/)
  writeFileSync(path, plan.replace(', why: The game day of November', ''))
  const refused = await gauntlet(['plan', 'worker-risked', '--allow-undecidable'], shop)
  assert.equal(refused.exitCode, 2)
  assert.match(refused.stderr, /"why" is missing/)
  rmSync(path)
})

function answerOf0({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof gauntlet>>): string {
  assert.equal(exitCode, 0, stderr)
  return stdout
}

import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { EXIT, Plan } from '../reports/run/index.ts'
import { onLoopback } from '../reports/run/testing/loopback.ts'
import { answerOf, gauntlet, journalOf } from './testing/gauntlet.ts'
import { runFolders, type Shop } from './testing/run-folders.ts'
import { openShop } from './testing/shop.ts'
import { answerUnderLoad } from './testing/spare-runs.ts'

const shop = await openShop('the test of scripts')
const { skip } = shop
/** A folder without a gauntlet.config.ts, here or above. */
const bare: Shop = { ...shop, root: join(dirname(shop.root), 'bare') }
cpSync(join(import.meta.dirname, 'fixtures/script'), bare.root, { recursive: true })

/** Pays after 100 ms, answers everything else at once; counts by path. */
let seen: Record<string, number> = {}
const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '', 'http://shop')
  const key = pathname === '/browse' || pathname === '/teardown' ? pathname + search : pathname
  seen[key] = (seen[key] ?? 0) + 1
  setTimeout(() => response.end(), pathname === '/pay' ? 100 : 0)
})
const BASE = `BASE=${await onLoopback(server)}`

const run = (script: string, ...more: readonly string[]) =>
  gauntlet(['run', script, '--plain', '--json', '-e', BASE, ...more], bare, {
    FROM_SHELL: 'seen',
    K6_VUS: '1',
  })
const SLO = ['--slo', 'shop.slo.yaml']

const isPlan = Compile(Plan)
const planOf = (folder: string): Plan => {
  const plan: unknown = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))
  assert.ok(isPlan.Check(plan))
  return plan
}
const lastRun = (): string => runFolders(bare).at(-1) ?? ''

test('a script runs as it is, without a config, and is judged by the objectives that were given', {
  skip,
}, async (context) => {
  const runUnseen = () => {
    seen = {}
    return run('checkout.js', '-e', 'SECRET=hush', ...SLO)
  }
  const answer = await answerUnderLoad(context, { run: runUnseen, code: EXIT.violated.code })
  if (answer === undefined) return
  const { verdict, stderr } = answer
  const [browse, pay] = verdict?.objectives ?? []
  assert.deepEqual(
    [browse?.name, browse?.verdict, pay?.name, pay?.verdict],
    [...['browse-latency', 'met', 'pay-latency', 'violated']],
  )
  assert.match(browse?.why ?? '', /^When its requests were due is not known/)
  assert.equal(browse?.uncorrected, null)
  assert.notEqual(pay?.uncorrected, null)
  assert.deepEqual(verdict?.findings, [])

  const folder = lastRun()
  const plan = planOf(folder)
  assert.deepEqual([plan.name, plan.phases[0]?.durationMs, plan.phases.length], ['checkout', 17_000, 1])
  assert.deepEqual(
    plan.load.map(
      ({ name, executor }) => executor.kind === 'script' && [name, executor.executor, executor.exec],
    ),
    [
      ['pay-online', 'ramping-arrival-rate', 'pay'],
      ['browse', 'constant-vus', 'default'],
    ],
  )
  assert.ok(existsSync(join(folder, 'report/index.html')))
  assert.ok(
    !readFileSync(join(folder, 'plan.json'), 'utf8').includes('hush'),
    'variables are no part of the record',
  )

  // what the script was given, and the server saw of it
  assert.deepEqual([seen['/setup'], seen['/teardown?200-hush']], [1, 1])
  assert.ok((seen['/browse?shell=seen&vus=undefined'] ?? 0) > 0, 'the shell is seen, K6_* is not')
  assert.equal(pay?.events, seen['/pay'])
  const metrics: string[] = JSON.parse(readFileSync(join(bare.root, 'summary.json'), 'utf8'))
  assert.ok(metrics.includes('items'))

  assert.match(stderr, /its own thresholds \(http_req_duration\) may end it early and decide nothing/)
  assert.match(stderr, /browse, constant-vus: no intended start/)
})

test('a script that counts its iterations is over with the last one, not after its longest length', {
  skip,
}, async (context) => {
  const answer = await answerUnderLoad(context, {
    run: () => run('counted.js', ...SLO),
    code: EXIT.inconclusive.code,
  })
  if (answer === undefined) return
  const { verdict } = answer
  const [browse, pay] = verdict?.objectives ?? []
  assert.deepEqual([verdict?.outcome, verdict?.findings, browse?.events], ['completed', [], 20])
  assert.equal(pay?.why, 'No requests of its kind were seen.')
  const journal = journalOf(lastRun())
  const at = (kind: string): number => journal.find((entry) => entry.kind === kind)?.atUs ?? 0
  assert.equal(planOf(lastRun()).phases[0]?.durationMs, 600_000)
  assert.ok(at('phase-ended') - at('second-zero') < 60e6)
})

for (const [by, said] of [
  ['threshold', /the script ended itself: thresholds on metrics 'http_req_duration' were crossed/],
  ['itself', /the script ended itself: test aborted: enough was seen/],
] as const)
  test(`a script that is ended by ${by} ran, and leaves open what it did not come to`, {
    skip,
  }, async (context) => {
    const answer = await answerUnderLoad(context, {
      run: () => run('ends-itself.js', '-e', `BY=${by}`, ...SLO),
      code: EXIT.stopped.code,
    })
    if (answer === undefined) return
    const { verdict, stderr } = answer
    assert.deepEqual([verdict?.outcome, verdict?.verdict], ['aborted', 'inconclusive'])
    assert.match(stderr, /ready: .*, k6 [\d.]+$/m, 'of its target nothing is known')
    assert.doesNotMatch(stderr, /(starting|ending) the target/, 'which is not ours')
    const stopped = journalOf(lastRun()).find((entry) => entry.kind === 'stopped')
    assert.match(stopped?.kind === 'stopped' ? stopped.reason : '', said)
  })

test('a script of which every iteration throws is invalid', { skip }, async () => {
  const { verdict } = answerOf(await run('throws.js', '--allow-undecidable', ...SLO), EXIT.invalid.code)
  assert.match(verdict?.why ?? '', /No iteration completed.*the basket is empty/)
})

const REFUSED = [
  ['counted.js', [], /--slo FILE is missing.*objectives: \[\{ target: 0\.95 \}\]/s],
  ['counted.js', ['--slo', 'baskets.json'], /baskets\.json/],
  ['counted.js', ['--slo', 'gone.slo.yaml'], /there is no file gone\.slo\.yaml/],
  ['counted.js', [...SLO, '-e', 'nonsense'], /NAME=VALUE is expected/],
  ['counted.js', [...SLO, '--switch', 'slow'], /script has no switch "slow"/],
  ['gone.js', SLO, /there is no script/],
  ['throws.js', SLO, /loads for 2 s, which is too short to judge/],
  ['shop.slo.yaml', SLO, /--slo and --env are for scripts/],
] as const

for (const [script, more, said] of REFUSED)
  test(`run ${[script, ...more].join(' ')} is refused before anything starts`, { skip }, async () => {
    const { stderr } = answerOf(await run(script, ...more), EXIT.refused.code)
    assert.match(stderr, said)
  })

const BROKEN = [
  [
    'never ends',
    "scenarios: { x: { executor: 'externally-controlled', vus: 1, duration: '0' } }",
    /externally-controlled/,
  ],
  ['waits to be started', "paused: true, vus: 1, duration: '20s'", /sets paused/],
  [
    'runs what it does not export',
    "scenarios: { x: { executor: 'constant-vus', duration: '20s', exec: 'nobody' } }",
    /nobody/,
  ],
  [
    'needs more memory than there is',
    "vus: 100000000, duration: '20s'",
    /more than half of this machine's memory/,
  ],
] as const

for (const [what, options, said] of BROKEN)
  test(`a script that ${what} is refused before anything starts`, { skip }, async () => {
    mkdirSync(join(bare.root, 'broken'), { recursive: true })
    writeFileSync(
      join(bare.root, 'broken/script.js'),
      `export const options = { ${options} }\nexport default function () {}\n`,
    )
    const { stderr } = answerOf(await run('broken/script.js', ...SLO), EXIT.refused.code)
    assert.match(stderr, said)
  })

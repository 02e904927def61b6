import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { EXIT } from '../../reports/run/index.ts'
import { type EndedCommand, type RunningCommand, runPlan, startGauntlet } from '../testing/gauntlet.ts'
import { openShop } from '../testing/shop.ts'
import { answerUnderLoad } from '../testing/spare-runs.ts'

const shop = await openShop('the test of exit codes')

// Throws in a timer of the harness alone, not in its children, which inherit NODE_OPTIONS.
const [thrower, itIsTime] = [join(shop.root, 'throws.mjs'), join(shop.root, 'it-is-time')]
writeFileSync(
  thrower,
  `import { existsSync } from 'node:fs'
const throwInTime = () => { if (existsSync(${JSON.stringify(itIsTime)})) throw new Error('a bug in a timer') }
if (process.argv[1]?.endsWith('gauntlet.cjs')) setInterval(throwInTime, 20)\n`,
)

interface Case {
  readonly code: number
  readonly when: string
  readonly plan: string
  /** of another command than `gauntlet run PLAN` */
  readonly command?: readonly string[]
  readonly options?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  /** done once the fault is on */
  readonly inMidFault?: (running: RunningCommand) => void
  /** what people read */
  readonly says: RegExp
}

const CASES: readonly Case[] = [
  { code: EXIT.met.code, when: 'every objective is met', plan: 'orders-kept', says: /judging/ },
  {
    code: EXIT.bug.code,
    when: 'a timer of ours throws',
    plan: 'worker-long-lost',
    variables: { NODE_OPTIONS: `--import=${pathToFileURL(thrower).href}` },
    inMidFault: () => writeFileSync(itIsTime, ''),
    says: /^a bug of ours: Error: a bug in a timer .*exit 1/m,
  },
  {
    code: EXIT.refused.code,
    when: 'the target has no switch of that name',
    plan: 'glance',
    options: ['--switch', 'slwo'],
    says: /^refused: shop has no switch "slwo" .*exit 2\)\n {2}hint {5}nearest: slow/m,
  },
  {
    code: EXIT.inconclusive.code,
    when: 'a plan that cannot be decided is run all the same',
    plan: 'glance',
    says: /judging/,
  },
  {
    code: EXIT.violated.code,
    when: 'the target is slow',
    plan: 'look',
    options: ['--switch', 'slow'],
    says: /switch slow undone/,
  },
  {
    code: EXIT.violated.code,
    when: 'a build is slower than the one it is compared with',
    plan: 'side-by-side',
    command: [
      ...['compare', '.', 'slow', '--port', String(shop.ports[0])],
      ...['--block', '200ms', '--pairs', '30', '--allow-undecidable'],
    ],
    says: /pair 1 of 30/,
  },
  {
    code: EXIT.stopped.code,
    when: 'a person presses Ctrl-C',
    plan: 'worker-long-lost',
    inMidFault: (running) => running.pressCtrlC(),
    says: /fault kill-worker proven gone/,
  },
  {
    code: EXIT.invalid.code,
    when: 'a fault hits nothing: the target tells a wrong start time',
    plan: 'worker-missed',
    variables: { SHOP_MODE: 'wrong-start' },
    says: /fault kill-worker-unasked unproven: nothing was sent to worker/,
  },
  {
    code: EXIT.machinery.code,
    when: 'the target is never ready',
    plan: 'glance',
    variables: { SHOP_MODE: 'never-ready' },
    says: /^failed: the target was never ready: .*exit 24/m,
  },
  {
    code: EXIT.unproven.code,
    when: 'the target neither replaces its worker nor lets us',
    plan: 'worker-lost',
    variables: { SHOP_MODE: 'stubborn' },
    says: /fault kill-worker NOT proven gone/,
  },
]

for (const { code, when, plan, command, options = [], variables, inMidFault, says } of CASES)
  test(`exits ${code} when ${when}`, { skip: shop.skip }, async (context) => {
    const run = async (): Promise<EndedCommand> => {
      const other = command && [...command, '--plan', plan, '--json', '--plain']
      const running = startGauntlet(other ?? runPlan(plan, shop, ...options), shop, variables)
      if (inMidFault !== undefined) {
        await running.says(/fault kill-worker confirmed/)
        inMidFault(running)
      }
      return running.ended
    }
    const answer = await answerUnderLoad(context, { run, code })
    if (answer !== undefined) assert.match(answer.stderr, says)
  })

test('the table reaches every code', () =>
  assert.deepEqual(
    [...new Set(CASES.map(({ code }) => code))],
    Object.values(EXIT).map(({ code }) => code),
  ))

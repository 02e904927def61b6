import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Compile } from 'typebox/compile'
import { type ComparedFigure, Comparison, EXIT } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { answerOf, type EndedCommand, gauntlet, startGauntlet } from '../testing/gauntlet.ts'
import { openShop } from '../testing/shop.ts'
import { createSpareRuns, findingsOf } from '../testing/spare-runs.ts'

const shop = await openShop('the test of comparisons')
const { skip } = shop
const isComparison = Compile(Comparison)

/** As short as a comparison can be: 30 pairs of blocks of 200 ms, 13 s. It is too short to decide every share. */
const compareArgs = (base: string, head: string, ...more: readonly string[]): readonly string[] => [
  ...['compare', base, head, '--plan', 'side-by-side', '--block', '200ms', '--json', '--plain'],
  ...['--pairs', '30', '--allow-undecidable'],
  ...['--port', String(shop.ports[0]), ...more],
]

function comparisonOf(document: unknown): Comparison {
  assert.ok(isComparison.Check(document))
  return document
}

const figureOf = ({ objectives }: Comparison, what: ComparedFigure['what']): ComparedFigure | undefined =>
  objectives.find(({ name }) => name === 'browse-at-all')?.figures.find((one) => one.what === what)

const made = createSpareRuns(3)

/** Undefined, and the test is skipped, where others keep the machine too busy to learn anything. */
const compared = (context: TestContext, base: string, head: string): Promise<EndedCommand | undefined> =>
  made(context, { run: () => gauntlet(compareArgs(base, head), shop), findings: findingsOf })

test('a build that answers 400 ms later is a regression, and the result stands in its folder', {
  skip,
}, async (context) => {
  const ended = await compared(context, '.', 'slow')
  if (ended === undefined) return
  const comparison = comparisonOf(answerOf(ended, EXIT.violated.code).document)
  assert.equal(figureOf(comparison, 'latency')?.verdict, 'regression')
  // 60 requests a side, all in time, cannot rule out that 2.5 % more are too late
  assert.equal(figureOf(comparison, 'share')?.verdict, 'inconclusive')
  assert.deepEqual(comparison.leftOut, [
    'the drain',
    'objective orders-not-lost, as its evidence is a census',
  ])
  const kept = join(shop.root, '.gauntlet', 'runs', comparison.run, 'comparison.json')
  assert.deepEqual(JSON.parse(readFileSync(kept, 'utf8')), comparison)
})

test('the faster one as the head is no regression of its latency', { skip }, async (context) => {
  const ended = await compared(context, 'slow', '.')
  if (ended === undefined) return
  assert.equal(figureOf(comparisonOf(JSON.parse(ended.stdout)), 'latency')?.verdict, 'no-regression')
})

/** Starts a shop that is nobody's build, and gives the file with its description. */
async function runningShop(mode: string): Promise<AsyncDisposable & { readonly file: string }> {
  const file = join(shop.root, `${mode || 'good'}.json`)
  rmSync(file, { force: true }) // that of the test before
  const child = spawn(process.execPath, ['target.ts', '--port', String(shop.ports[4])], {
    cwd: shop.root,
    env: { ...shop.environment, GAUNTLET_TARGET_FILE: file, SHOP_MODE: mode },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  await until('its description', () => existsSync(file), 60_000)
  return {
    file,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await ended
    },
  }
}

test('a running target held against itself is never a regression, and is left running', {
  skip,
}, async () => {
  await using running = await runningShop('')
  const args = compareArgs(running.file, running.file).filter(
    (one) => one !== '--port' && one !== String(shop.ports[0]),
  )
  const { stdout } = await gauntlet(args, shop)
  const { verdict, base, head, objectives } = comparisonOf(JSON.parse(stdout))
  assert.notEqual(verdict, 'regression')
  assert.deepEqual(base, head)
  assert.equal(objectives[0]?.name, 'cpu-per-request')
})

test('a base that answers nothing makes the comparison invalid, not the head good', { skip }, async () => {
  await using running = await runningShop('hang')
  const { document } = answerOf(await gauntlet(compareArgs(running.file, '.'), shop), EXIT.invalid.code)
  assert.ok(comparisonOf(document).findings.some(({ kind }) => kind === 'base-unanswered'))
})

test('Ctrl-C ends both sides and decides nothing, whatever was seen', { skip }, async () => {
  const running = startGauntlet(compareArgs('.', 'slow'), shop)
  await running.says(/pair 1 of 30/)
  running.pressCtrlC()
  const { document } = answerOf(await running.ended, EXIT.stopped.code)
  const { outcome, verdict } = comparisonOf(document)
  assert.deepEqual([outcome, verdict], ['interrupted', 'inconclusive'])
})

test('killed with -9, both sides and the load are ended by the guardian', { skip }, async () => {
  const running = startGauntlet(compareArgs('.', 'slow'), shop, { SHOP_MODE: 'clings' })
  await running.says(/pair 1 of 30/)
  running.send('SIGKILL')
  await running.ended
  // what is left over is looked for after every test
})

test('a build that never gets ready fails the comparison, and the other one is ended', { skip }, async () => {
  const broken = join(shop.root, 'broken')
  mkdirSync(broken, { recursive: true })
  const config = readFileSync(join(shop.root, 'slow', 'gauntlet.config.ts'), 'utf8')
  writeFileSync(
    join(broken, 'gauntlet.config.ts'),
    config.replace("'slow'", "'never-ready'").replace("'30s'", "'10s'"),
  )
  const { document } = answerOf(await gauntlet(compareArgs('.', 'broken'), shop), EXIT.machinery.code)
  assert.equal(document['code'], 'TARGET_NOT_READY')
})

/** A project of its own in the shop's folder. */
function project(name: string, target: object): void {
  const folder = join(shop.root, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'gauntlet.config.ts'), `export default ${JSON.stringify({ target })}\n`)
}

test('a head that answers at the address of the base once it runs is refused, and not taken for the base', {
  skip,
}, async () => {
  await using running = await runningShop('')
  const said = `front: 'http://127.0.0.1:${shop.ports[8]}'`
  const empty = 'processes: [], links: [], switches: [], facts: [], logs: []'
  const told = `{ schema: 'gauntlet/target/1', name: 'shop', version: '2', ${empty}, addresses: { ${said} } }`
  project('liar', {
    describe: { command: ['node', '-p', `JSON.stringify(${told})`] },
    start: {
      command: [
        'node',
        '-e',
        `fs.copyFileSync('../good.json', process.env.GAUNTLET_TARGET_FILE); setInterval(() => {}, 1e6)`,
      ],
    },
  })
  const args = ['compare', running.file, 'liar', '--plan', 'side-by-side', '--block', '200ms', '--json']
  const { document } = answerOf(await gauntlet(args, shop), EXIT.machinery.code)
  assert.equal(document['code'], 'SAME_ADDRESS')
})

const standing = { description: { addresses: { front: 'http://127.0.0.1:1' } } }

const REFUSED: readonly (readonly [what: string, args: () => readonly string[], code: string])[] = [
  ['a folder that is not there', () => compareArgs('.', 'nowhere'), 'NO_SIDE'],
  ['a folder whose project is the one above it', () => compareArgs('.', 'perf'), 'NO_CONFIG'],
  ['a file that describes no target', () => compareArgs('page.html', '.'), 'BAD_DESCRIPTION'],
  [
    'two builds on the same ports',
    () => ['compare', 'unmoved', 'unmoved', '--plan', 'steady', '--json'],
    'SAME_PORTS',
  ],
  ['ports for builds that cannot be told', () => compareArgs('unmoved', 'unmoved'), 'NO_PORT_FLAG'],
  ['an unknown plan', () => ['compare', '.', 'slow', '--plan', 'stedy', '--json'], 'NO_PLAN'],
  [
    'a comparison too short to decide its shares though nothing be bad',
    () => compareArgs('.', 'slow').filter((one) => one !== '--allow-undecidable'),
    'UNDECIDABLE',
  ],
  ['pairs for more than a day', () => compareArgs('.', 'slow', '--pairs', '300000'), 'TOO_LONG'],
  [
    'two projects that describe the same running target',
    () => {
      for (const name of ['here', 'there']) project(name, standing)
      return ['compare', 'here', 'there', '--plan', 'side-by-side', '--json']
    },
    'SAME_ADDRESS',
  ],
  ['fewer than 30 pairs', () => compareArgs('.', 'slow', '--pairs', '29'), 'USAGE'],
  ['blocks too short to rest in', () => compareArgs('.', 'slow', '--block', '199ms'), 'USAGE'],
]
for (const [what, args, code] of REFUSED)
  test(`${what} is refused before anything starts`, { skip }, async () => {
    const { document } = answerOf(await gauntlet(args(), shop), EXIT.refused.code)
    assert.equal(document['code'], code)
  })

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { EXIT, type LoadSecond } from '../../reports/run/index.ts'
import { bucketOf, middleOf } from '../../reports/sketch/index.ts'
import { EXAMPLE_SLO } from '../run/draft/judge-example.ts'
import { answerOf, gauntlet, gauntletHere, runPlan } from '../testing/gauntlet.ts'
import { runFolders } from '../testing/run-folders.ts'
import { openShop } from '../testing/shop.ts'
import { answerUnderLoad } from '../testing/spare-runs.ts'

const shop = await openShop('the test of judging again')
const { skip } = shop
const elsewhere = join(shop.root, 'elsewhere')
const RUN_CODE = EXIT.violated.code

/** A short run in which orders are lost, recorded once. */
let folder = ''
let whyNone = ''
before(async () => {
  if (skip !== false) return
  const args = runPlan('orders', shop, '--switch', 'lose-orders')
  const skipAll = (why = ''): void => {
    whyNone = `no run to judge: ${why}`
  }
  await answerUnderLoad({ skip: skipAll }, { run: () => gauntlet(args, shop), code: RUN_CODE })
  folder = runFolders(shop).at(-1) ?? ''
})

/** Everything that is made from a record: by path, its bytes. */
function derived(run: string): Record<string, string> {
  const reports = readdirSync(join(run, 'report')).map((name) => join('report', name))
  return Object.fromEntries(
    ['verdict.json', ...reports].map((name) => [name, readFileSync(join(run, name), 'base64')]),
  )
}

/** A copy of the run's record alone, under another path. */
function recordAlone(name: string): string {
  const copy = join(elsewhere, name)
  cpSync(folder, copy, { recursive: true })
  for (const made of ['verdict.json', 'report']) rmSync(join(copy, made), { recursive: true })
  return copy
}

const FAR_AWAY = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
const judge = (run: string, ...more: readonly string[]) => here('judge', run, '--json', ...more)
const here = (...args: readonly string[]) => gauntletHere(args, shop.root)

test('a record judged elsewhere, in another time zone and language, gives the same bytes', {
  skip,
}, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const copy = recordAlone('moved')
  answerOf(await gauntlet(['judge', copy, '--json'], shop, FAR_AWAY), RUN_CODE)
  const [before, after] = [derived(folder), derived(copy)]
  assert.deepEqual(Object.keys(after), [
    'verdict.json',
    'report/index.html',
    'report/junit.xml',
    'report/summary.md',
  ])
  for (const name of Object.keys(before)) assert.ok(after[name] === before[name], `${name} differs`)
})

/** Counts one request less in the first second, which makes a difference of one in the verdict's events. */
function countOneLess(run: string): void {
  const path = join(run, 'evidence', 'load.ndjson')
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(
    /("measure":"request","scenario":"browse".*?"count":)(\d+)/,
    (_, head, count) => `${head}${count - 1}`,
  )
  assert.notEqual(changed, text)
  writeFileSync(path, changed)
}

test('a record with one count changed is refused by its sum', { skip }, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const copy = recordAlone('changed')
  countOneLess(copy)
  const { stderr, document } = answerOf(await judge(copy), EXIT.refused.code)
  assert.equal(document['code'], 'RECORD_CHANGED')
  assert.match(stderr, /evidence\/load\.ndjson of .* has SHA-256 .*, the index says/)
})

test('with the index mended too, the changed count is what is judged', { skip }, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const copy = recordAlone('mended')
  countOneLess(copy)
  mendIndex(copy)
  const { verdict } = answerOf(await judge(copy), RUN_CODE)
  const eventsIn = (objectives: unknown) =>
    Array.isArray(objectives) && objectives.find(({ name }) => name === 'browse-latency').events
  const before: { objectives: unknown } = JSON.parse(readFileSync(join(folder, 'verdict.json'), 'utf8'))
  assert.equal(eventsIn(verdict?.objectives), eventsIn(before.objectives) - 1)
})

function mendIndex(run: string): void {
  const content = readFileSync(join(run, 'evidence', 'load.ndjson'))
  const path = join(run, 'evidence', 'index.json')
  const index = JSON.parse(readFileSync(path, 'utf8'))
  const entry = index.files.find((file: { path: string }) => file.path === 'evidence/load.ndjson')
  entry.sha256 = createHash('sha256').update(content).digest('hex')
  entry.bytes = content.length
  writeFileSync(path, JSON.stringify(index))
}

test('a folder that is no run is refused', async () => {
  const empty = join(elsewhere, 'empty')
  mkdirSync(empty, { recursive: true })
  const { document } = answerOf(await judge(empty), EXIT.refused.code)
  assert.equal(document['code'], 'RECORD_UNREADABLE')
})

test('a report that cannot be written is said so, and is no bug of ours', { skip }, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const copy = recordAlone('report-in-the-way')
  writeFileSync(join(copy, 'report'), 'a file where the folder should be')
  for (const command of ['judge', 'report']) {
    const { document } = answerOf(await here(command, copy, '--json'), EXIT.machinery.code)
    assert.equal(document['code'], 'CANNOT_RECORD')
  }
})

test('evidence that the index does not list is refused, and so is what a newer gauntlet wrote', {
  skip,
}, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const added = recordAlone('added')
  writeFileSync(join(added, 'evidence/audits.ndjson'), '')
  const { document } = answerOf(await judge(added), EXIT.refused.code)
  assert.equal(document['code'], 'RECORD_CHANGED')
  const newer = recordAlone('newer')
  const index = join(newer, 'evidence/index.json')
  writeFileSync(index, readFileSync(index, 'utf8').replace('gauntlet/index/1', 'gauntlet/index/2'))
  const answer = answerOf(await judge(newer), EXIT.refused.code)
  assert.equal(answer.document['code'], 'RECORD_NEWER')
})

/** An SLO beside the project, as somebody writes one later. */
function sloFile(name: string, change: (slo: string) => string = (slo) => slo): string {
  writeFileSync(join(shop.root, name), change(EXAMPLE_SLO))
  return name
}

/** Every file of a run, by path. */
function contentOf(run: string): Record<string, string> {
  const files = readdirSync(run, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'base64')]))
}

test('other objectives are asked of the record, written where it is said, and the run stays as it is', {
  skip,
}, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const before = contentOf(folder)
  const out = join(elsewhere, 'other.json')
  mkdirSync(elsewhere, { recursive: true })
  const slos = [
    '--slo',
    sloFile('slow-enough.slo.yaml', (slo) => slo.replace('300ms } }', '9s } }')),
    '--slo',
  ]
  const args = [
    'judge',
    folder,
    '--json',
    ...slos,
    sloFile('one-more.slo.yaml', named('one-more')),
    '--out',
    out,
  ]
  const ended = await here(...args)
  const code = ended.exitCode ?? -1
  const { verdict } = answerOf(ended, code)
  assert.deepEqual(
    verdict?.objectives.map(({ name }) => name),
    ['fast-enough', 'one-more'],
  )
  assert.notEqual(code, RUN_CODE, 'no order is asked about')
  assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), verdict)
  assert.deepEqual(contentOf(folder), before)
})

const named = (name: string) => (slo: string) => slo.replace('name: fast-enough', `name: ${name}`)

/** The last tick of the load may fall into the second after its only phase. */
const JUDGED_SECONDS = 4

/** How many requests took a time in a bucket, by its index, the answered ones only. */
function bucketsOf(run: string): Map<number, number> {
  const buckets = new Map<number, number>()
  const lines = readFileSync(join(run, 'evidence/load.ndjson'), 'utf8').trim().split('\n')
  for (const { second, series } of lines.map((line): LoadSecond => JSON.parse(line)))
    for (const { measure, outcome, sketch } of second < JUDGED_SECONDS ? series : [])
      if (measure === 'request' && outcome === 'ok')
        for (let n = 0; n + 1 < sketch.length; n += 2)
          buckets.set(sketch[n]!, (buckets.get(sketch[n]!) ?? 0) + sketch[n + 1]!)
  return buckets
}

test('a limit without a counter of its own counts its bucket as bad when kept is asked, and as good when broken is', {
  skip,
}, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const buckets = [...bucketsOf(folder)].sort(([a], [b]) => a - b)
  const [fullest, many] = buckets.toSorted(([, a], [, b]) => b - a)[0] ?? [0, 0]
  const slower = buckets.filter(([bucket]) => bucket > fullest).reduce((sum, [, count]) => sum + count, 0)
  assert.ok(many > 0)
  const limitMs = middleOf(fullest)
  assert.equal(bucketOf(limitMs), fullest)
  const slo = sloFile('straddled.slo.yaml', (text) => text.replace('300ms } }', `${limitMs}ms } }`))
  const ended = await judge(folder, '--slo', slo)
  const [asked] = answerOf(ended, ended.exitCode ?? -1).verdict?.objectives ?? []
  assert.equal(asked?.bad, slower + many + ((asked?.events ?? 0) - total(buckets)))
  assert.ok(
    (asked?.badRatio.low ?? 1) <= (slower + 1) / (asked?.events ?? 1),
    'broken by those in its bucket',
  )
  assert.notEqual(asked?.verdict, 'met')
})

const total = (buckets: readonly (readonly [number, number])[]): number =>
  buckets.reduce((sum, [, count]) => sum + count, 0)

test('a name that the record never saw is no data, and the nearest is offered', { skip }, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const slo = sloFile('unseen.slo.yaml', (text) =>
    text.replaceAll('measure: request', 'measure: request, name: browze'),
  )
  const ended = await judge(folder, '--slo', slo)
  const { document, verdict } = answerOf(ended, EXIT.inconclusive.code)
  assert.deepEqual(verdict?.objectives[0]?.value, null)
  assert.deepEqual(document['notes'], ['fast-enough: no request "browze" was seen; nearest: browse'])
})

test('the run is no place for another verdict, and --out goes with --slo', { skip }, async (context) => {
  if (whyNone !== '') return context.skip(whyNone)
  const into = ['judge', folder, '--json', '--slo', sloFile('fast.slo.yaml'), '--out', join(folder, 'x.json')]
  assert.equal(answerOf(await here(...into), EXIT.refused.code).document['code'], 'OUT_IN_RECORD')
  const alone = ['judge', folder, '--json', '--out', join(elsewhere, 'x.json')]
  assert.equal(answerOf(await here(...alone), EXIT.refused.code).document['code'], 'USAGE')
})

test('results of another tool are judged without any run', async () => {
  const fixtures = join(import.meta.dirname, '../../scenarios/readers/fixtures')
  for (const file of ['k6.csv', 'k6.ndjson', 'jmeter.jtl']) {
    const args = ['judge', join(fixtures, file), '--json', '--slo', sloFile('fast.slo.yaml')]
    const { verdict, document } = answerOf(await here(...args), EXIT.inconclusive.code)
    assert.ok((verdict?.objectives[0]?.events ?? 0) > 0)
    assert.match(JSON.stringify(document['notes']), /latency counts from the actual start/)
  }
  const { document } = answerOf(await judge(join(fixtures, 'k6.csv')), EXIT.refused.code)
  assert.match(String(document['hint']), /objectives: \[\{ target: 0\.95 \}\]$/)
})

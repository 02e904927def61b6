import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { EXIT } from '../../reports/run/index.ts'
import { answerOf, gauntlet, runPlan } from '../testing/gauntlet.ts'
import { openShop, runFolders } from '../testing/shop.ts'

const shop = await openShop('the test of judging again')
const { skip } = shop
const elsewhere = join(shop.root, 'elsewhere')
const RUN_CODE = EXIT.violated.code

/** A short run in which orders are lost, recorded once. */
let folder = ''
before(async () => {
  if (skip !== false) return
  const args = runPlan('orders', shop, '--switch', 'lose-orders')
  answerOf(await gauntlet(args, shop), RUN_CODE)
  folder = runFolders(shop)[0] ?? ''
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

function judge(run: string) {
  return gauntlet(['judge', run, '--json'], shop, {
    TZ: 'Pacific/Kiritimati',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
  })
}

test('a record judged elsewhere, in another time zone and language, gives the same bytes', {
  skip,
}, async () => {
  const copy = recordAlone('moved')
  answerOf(await judge(copy), RUN_CODE)
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

test('a record with one count changed is refused by its sum', { skip }, async () => {
  const copy = recordAlone('changed')
  countOneLess(copy)
  const { stderr, document } = answerOf(await judge(copy), EXIT.refused.code)
  assert.equal(document['code'], 'RECORD_CHANGED')
  assert.match(stderr, /evidence\/load\.ndjson of .* has SHA-256 .*, the index says/)
})

test('with the index mended too, the changed count is what is judged', { skip }, async () => {
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

test('a report that cannot be written is said so, and is no bug of ours', { skip }, async () => {
  const copy = recordAlone('report-in-the-way')
  writeFileSync(join(copy, 'report'), 'a file where the folder should be')
  for (const command of ['judge', 'report']) {
    const { document } = answerOf(await gauntlet([command, copy, '--json'], shop), EXIT.machinery.code)
    assert.equal(document['code'], 'CANNOT_RECORD')
  }
})

test('evidence that the index does not list is refused, and so is what a newer gauntlet wrote', {
  skip,
}, async () => {
  const added = recordAlone('added')
  writeFileSync(join(added, 'evidence/audits.ndjson'), '')
  const { document } = answerOf(await gauntlet(['judge', added, '--json'], shop), EXIT.refused.code)
  assert.equal(document['code'], 'RECORD_CHANGED')
  const newer = recordAlone('newer')
  const index = join(newer, 'evidence/index.json')
  writeFileSync(index, readFileSync(index, 'utf8').replace('gauntlet/index/1', 'gauntlet/index/2'))
  const answer = answerOf(await gauntlet(['judge', newer, '--json'], shop), EXIT.refused.code)
  assert.equal(answer.document['code'], 'RECORD_NEWER')
})

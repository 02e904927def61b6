import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { gauntletHere } from '../../testing/gauntlet.ts'

const root = resolve(import.meta.dirname, '../../..')
const GOLDEN = join(root, 'reports/golden')
const RUN = join(GOLDEN, 'verify-short-met')
const OVER_28_DAYS = ['--window', '28d']

/** A folder that belongs to no project. */
const elsewhere = mkdtempSync(join(tmpdir(), 'gauntlet-budget-'))
after(() => rmSync(elsewhere, { recursive: true, force: true }))

const sloBudget = (args: readonly string[], cwd = root) => gauntletHere(['slo', 'budget', ...args], cwd)

test('the recorded example is what the command prints, byte for byte', async () => {
  const { exitCode, stdout } = await sloBudget([RUN, ...OVER_28_DAYS, '--json'])
  assert.equal(exitCode, 0)
  const hint = 'npm run gauntlet -- slo budget reports/golden/verify-short-met --window 28d --json'
  assert.equal(stdout, readFileSync(join(GOLDEN, 'budget.json'), 'utf8'), `if it should differ: ${hint}`)
})

test('people get a table and the rate of each fault', async () => {
  const { exitCode, stdout, stderr } = await sloBudget([RUN, ...OVER_28_DAYS])
  assert.deepEqual([exitCode, stderr], [0, ''])
  assert.match(stdout, /^ {2}search-latency +p95 < 300 ms +0 %/m)
  assert.match(stdout, /^ {2}rate +kill-order-worker, 4\.29 in 30 d/m)
})

test('a rate of the command line takes the place of the file, and another window is another budget', async () => {
  const { exitCode, stdout } = await sloBudget([RUN, '--window', '1M', '--rate', 'kill-order-worker=12/year'])
  assert.equal(exitCode, 0)
  assert.match(stdout, /^ {2}api-availability, over 30 d/m)
  assert.match(stdout, /kill-order-worker, 0\.986 in 30 d: as --rate says/)
})

test('a run and its rates need no project', async () => {
  const rates = join(elsewhere, 'my-rates.yaml')
  cpSync(join(root, 'slo/catalog/fault-rates.yaml'), rates)
  assert.equal((await sloBudget([RUN, ...OVER_28_DAYS, '--rates', rates], elsewhere)).exitCode, 0)
  const rate = ['--rate', 'kill-order-worker=1/day']
  assert.equal((await sloBudget([RUN, ...OVER_28_DAYS, ...rate], elsewhere)).exitCode, 0)
})

/** A copy of the recorded run that ended before its evidence was sealed. */
function crashedRun(): string {
  const copy = join(elsewhere, 'crashed')
  cpSync(RUN, copy, { recursive: true })
  rmSync(join(copy, 'evidence/index.json'))
  return copy
}

function mistakenRates(): string {
  const path = join(elsewhere, 'mistaken.yaml')
  writeFileSync(path, 'apiVersion: gauntlet/v1\nkind: FaultRates\n')
  return path
}

function emptyFolder(): string {
  const folder = join(elsewhere, 'empty')
  mkdirSync(folder, { recursive: true })
  return folder
}

const REFUSED: readonly [what: string, code: string, args: () => readonly string[], cwd?: string][] = [
  ['a name that is no run', 'NO_RUN', () => ['no-such-run']],
  ['a folder that is no run', 'RECORD_UNREADABLE', () => [emptyFolder(), ...OVER_28_DAYS]],
  ['a crashed run', 'RUN_CRASHED', () => [crashedRun(), ...OVER_28_DAYS]],
  ['promises over no window', 'NO_WINDOW', () => [RUN]],
  ['a fault whose rate nobody knows', 'NO_RATE', () => [RUN, ...OVER_28_DAYS], elsewhere],
  ['a rate for what is in no plan', 'NO_EXPERIMENT', () => [RUN, '--rate', 'kill-order-worke=1/day']],
  ['a rate that is none', 'USAGE', () => [RUN, '--rate', 'kill-order-worker=often']],
  ['a rate that says two things', 'USAGE', () => [RUN, '--rate', 'kill-order-worker=1/day=3']],
  ['a window longer than a number', 'USAGE', () => [RUN, '--window', `${'9'.repeat(400)}Y`]],
  ['a window that is none', 'USAGE', () => [RUN, '--window', '0d']],
  ['a run in which nothing was counted', 'NOTHING_MEASURED', () => [join(GOLDEN, 'shop-empty')]],
  ['a run whose evidence is tainted', 'NOTHING_MEASURED', () => [join(GOLDEN, 'shop-throws')]],
  ['no run at all', 'USAGE', () => []],
  ['rates that are not there', 'NO_RATES', () => [RUN, ...OVER_28_DAYS, '--rates', 'none.yaml']],
  ['rates with mistakes', 'REFUSED', () => [RUN, ...OVER_28_DAYS, '--rates', mistakenRates()]],
]

for (const [what, code, args, cwd] of REFUSED)
  test(`${what} is refused: exit 2, and one document that says why`, async () => {
    const { exitCode, stdout, stderr } = await sloBudget([...args(), '--json'], cwd)
    assert.equal(exitCode, 2, stderr)
    const document: unknown = JSON.parse(stdout)
    assert.ok(typeof document === 'object' && document !== null && 'code' in document)
    assert.equal(document.code, code)
  })

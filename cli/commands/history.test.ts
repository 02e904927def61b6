import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { EXIT } from '../../reports/run/index.ts'
import { gauntletHere } from '../testing/gauntlet.ts'

const RUN = resolve(import.meta.dirname, '../../reports/golden/verify-short-met')
const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-history-'))
after(() => rmSync(cwd, { recursive: true, force: true }))

const gauntlet = (...args: readonly string[]) => gauntletHere(args, cwd)

test('what a crashed run had measured is kept, and no point of its series', async () => {
  const crashed = join(import.meta.dirname, '../../reports/golden/shop-crashed')
  const file = ['--file', 'crashed.ndjson']
  await gauntlet('history', 'add', crashed, ...file)
  const lines = readFileSync(join(cwd, 'crashed.ndjson'), 'utf8').trim().split('\n')
  const { objectives } = JSON.parse(lines[0] ?? '')
  assert.ok(objectives.length > 0 && objectives.every((one: { tainted: boolean }) => one.tainted))
})

test('a run is added once, and shown with a broken line told by its number', async () => {
  assert.match(
    (await gauntlet('history', 'add', RUN)).stdout,
    /^added: .*; 1 in \.gauntlet\/history\.ndjson$/m,
  )
  assert.match((await gauntlet('history', 'add', RUN)).stdout, /^already there: /)
  appendFileSync(join(cwd, '.gauntlet', 'history.ndjson'), '{"cut')
  const { exitCode, stdout } = await gauntlet('history', 'show')
  assert.equal(exitCode, EXIT.met.code)
  assert.match(stdout, /^search-latency: .*verify-short on plaza, 1 run\)$/m)
  assert.match(stdout, /^\.gauntlet\/history\.ndjson:2 left out: is not JSON$/m)
  const { series, broken } = JSON.parse((await gauntlet('history', 'show', '--json')).stdout)
  assert.deepEqual([series[0].points.length, broken[0].line], [1, 2])
})

test('a file without runs says how to begin it, of whatever plan it was asked', async () => {
  const { exitCode, stdout } = await gauntlet('history', 'show', '--file', 'none.ndjson', '--plan', 'other')
  assert.equal(exitCode, EXIT.met.code)
  assert.match(stdout, /no run in none\.ndjson yet: gauntlet history add last --file none\.ndjson/)
})

test('runs on spoilt evidence are told, and a plan that no run has is refused with the nearest', async () => {
  const invalid = join(import.meta.dirname, '../../reports/golden/shop-invalid')
  const file = ['--file', 'invalid.ndjson']
  await gauntlet('history', 'add', invalid, ...file)
  const shown = await gauntlet('history', 'show', ...file)
  assert.match(shown.stdout, /^1 run in invalid\.ndjson, none with an untainted value: nothing to show$/m)
  const [line = ''] = readFileSync(join(cwd, 'invalid.ndjson'), 'utf8').split('\n')
  const { plan } = JSON.parse(line)
  const { exitCode, stderr } = await gauntlet('history', 'show', ...file, '--plan', `${plan}x`)
  assert.equal(exitCode, EXIT.refused.code)
  assert.ok(stderr.includes(`nearest: ${plan}`), stderr)
})

test('a history that is a folder, or lies in none, is refused and no folder is made', async () => {
  for (const file of ['.', 'no/such/h.ndjson'])
    assert.equal((await gauntlet('history', 'add', RUN, '--file', file)).exitCode, EXIT.refused.code)
  assert.equal((await gauntlet('history', 'show', '--file', '.')).exitCode, EXIT.refused.code)
  assert.ok(!existsSync(join(cwd, 'no')))
})

test('--json prints no name that a terminal would obey, and a program reads it as it was', async () => {
  const version = '\u009b31m\u202e'
  const golden = readFileSync(join(import.meta.dirname, '../../reports/golden/history.ndjson'), 'utf8')
  const { target, ...entry } = JSON.parse(golden.split('\n')[0] ?? '')
  writeFileSync(join(cwd, 'named.ndjson'), JSON.stringify({ ...entry, target: { ...target, version } }))
  const { stdout } = await gauntlet('history', 'show', '--file', 'named.ndjson', '--json')
  assert.ok(!/[\u009b\u202e]/.test(stdout))
  assert.equal(JSON.parse(stdout).series[0].points[0].version, version)
})

test('a run that is not there is refused', async () => {
  assert.equal((await gauntlet('history', 'add', 'nowhere')).exitCode, EXIT.refused.code)
  assert.equal((await gauntlet('history', 'add')).exitCode, EXIT.refused.code)
})

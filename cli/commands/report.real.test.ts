import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, test } from 'node:test'
import { chaoslib } from '../testing/chaoslib.ts'
import { gauntletHere } from '../testing/gauntlet.ts'

const READER = join(import.meta.dirname, '../fixtures/chaos-toolkit/read_journal.py')
const GOLDEN = join(import.meta.dirname, '../../reports/golden')
const folder = mkdtempSync(join(tmpdir(), 'gauntlet-report-'))
after(() => rmSync(folder, { recursive: true }))

const report = (run: string, ...more: readonly string[]) =>
  gauntletHere(['report', join(GOLDEN, run), ...more], folder)

test('--chaos-toolkit writes one journal an experiment, the golden one, and prints where', async () => {
  const out = join(folder, 'met')
  const { exitCode, stdout } = await report('verify-short-met', '--chaos-toolkit', '--out', out)
  assert.equal(exitCode, 0)
  assert.equal(stdout, `${join(out, 'kill-order-worker.json')}\n`)
  assert.deepEqual(readdirSync(out), ['kill-order-worker.json'])
  const golden = join(GOLDEN, 'verify-short-met/report/chaos-toolkit/kill-order-worker.json')
  assert.equal(readFileSync(stdout.trim(), 'utf8'), readFileSync(golden, 'utf8'))
})

test('a run without an experiment has no such journal, and --out says nothing alone: exit 2', async () => {
  const { exitCode, stderr } = await report('shop-violated', '--chaos-toolkit', '--out', join(folder, 'none'))
  assert.equal(exitCode, 2)
  assert.match(stderr, /has no experiment/)
  assert.equal((await report('verify-short-met', '--out', folder)).exitCode, 2)
})

const lib = chaoslib()
const skip = 'missing' in lib && lib.missing

for (const [run, name] of [
  ['verify-short-met', 'kill-order-worker'],
  ['shop-invalid', 'kill-worker-unasked'],
  ['shop-crashed', 'kill-worker'],
  ['shop-alerted', 'slow-shelf'],
  ['shop-drilled', 'pause-worker'],
] as const)
  test(`Chaos Toolkit's own code reads the journal of ${run}, and judges its steady states alike`, {
    skip,
  }, async () => {
    const out = join(folder, run)
    assert.equal((await report(run, '--chaos-toolkit', '--out', out)).exitCode, 0)
    const { missing, agrees } = readBack(join(out, `${name}.json`))
    assert.deepEqual(missing, [])
    assert.ok(agrees.length > 0 && agrees.every((one) => one === true))
  })

/** It looks for the program of each activity on the PATH. */
function readBack(journal: string): {
  readonly missing: readonly string[]
  readonly agrees: readonly unknown[]
} {
  const programs = mkdtempSync(join(folder, 'bin-'))
  writeFileSync(join(programs, 'gauntlet'), '', { mode: 0o755 })
  const environment = {
    ...process.env,
    PATH: [programs, process.env['PATH']].join(delimiter),
    PYTHONPATH: 'path' in lib ? lib.path : '',
  }
  const said = execFileSync('python3', [READER, journal], { env: environment, encoding: 'utf8' })
  return JSON.parse(said)
}

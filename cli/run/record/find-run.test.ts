import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { GauntletError } from '../../../reports/run/index.ts'
import { findRun } from './find-run.ts'

const [RUN, COMPARISON] = ['20261121-100000-aaaa', '20261121-100001-bbbb']
const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-find-'))
after(() => rmSync(cwd, { recursive: true, force: true }))
const places = { cwd, projectRoot: cwd }
const runs = join(cwd, '.gauntlet', 'runs')
for (const path of [join(RUN, 'run.json'), join(COMPARISON, 'evidence', 'sides.json')]) {
  mkdirSync(join(runs, path, '..'), { recursive: true })
  writeFileSync(join(runs, path), '')
}

async function refusal(given: string): Promise<GauntletError> {
  const error: unknown = await findRun(given, places).catch((caught: unknown) => caught)
  assert.ok(error instanceof GauntletError, `"${given}" was found`)
  return error
}

test('a run is found by its id, its folder and as the last one, though a comparison is newer', async () => {
  for (const given of [RUN, join('.gauntlet', 'runs', RUN), join(runs, RUN), 'last'])
    assert.equal(await findRun(given, places), join(runs, RUN), given)
})

test('a comparison is told from a run, by its id and by its folder, with where to look', async () => {
  for (const given of [COMPARISON, join('.gauntlet', 'runs', COMPARISON), join(runs, COMPARISON)]) {
    const { code, exitCode, message } = await refusal(given)
    assert.deepEqual([code, exitCode], ['IS_COMPARISON', 2], given)
    assert.match(message, /^20261121-100001-bbbb is a comparison of two builds, no run/)
  }
  assert.equal((await refusal(COMPARISON)).hint, 'compare again: gauntlet compare --help')
  const report = join('.gauntlet', 'runs', COMPARISON, 'report', 'index.html')
  mkdirSync(join(cwd, report, '..'))
  writeFileSync(join(cwd, report), '')
  assert.equal((await refusal(COMPARISON)).hint, `its report: ${report}`)
})

test('a folder that holds no run is named, with what the folder of a run has', async () => {
  mkdirSync(join(cwd, 'perf'))
  for (const given of ['perf', join(cwd, 'perf')]) {
    const { code, message, hint } = await refusal(given)
    assert.deepEqual(
      [code, message],
      ['RECORD_UNREADABLE', `there is no run "${given}": that folder has no run.json`],
    )
    assert.match(
      hint ?? '',
      /^the folder of a run has run\.json, plan\.json and evidence\/; such as .*\nknown here: /,
    )
  }
})

test('an unknown run is refused with the nearest run, never with a comparison', async () => {
  assert.equal((await refusal('20261121-100001-bbbx')).hint, `nearest: ${RUN}`)
})

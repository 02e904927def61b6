import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXAMPLE_SLO } from '../run/draft/judge-example.ts'
import { gauntletHere } from '../testing/gauntlet.ts'
import { shopFolder } from '../testing/shop-folder.ts'

const root = shopFolder()
writeFileSync(join(root, 'fast.slo.yaml'), EXAMPLE_SLO)
const judge = (given: string, ...more: readonly string[]) =>
  gauntletHere(['judge', given, '--slo', 'fast.slo.yaml', '--json', ...more], root)

/** Twenty requests a second for 40 s. */
const JTL = ['timeStamp,elapsed,label,success,threadName', '']
JTL.splice(
  1,
  0,
  ...Array.from({ length: 800 }, (_, n) => `${1_795_257_166_000 + n * 50},40,Home,true,Us 1-1`),
)

test('results come through a pipe as from a file, and the verdict can be kept', async () => {
  const pipe = join(root, 'pipe')
  execFileSync('mkfifo', [pipe])
  const written = writeFile(pipe, JTL.join('\n')).catch(() => undefined)
  const { exitCode, stderr } = await judge('pipe', '--out', 'verdict.json')
  closeSync(openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)) // where nobody read, the writer still waits
  await written
  assert.equal(exitCode, 0, stderr)
  const verdict = JSON.parse(readFileSync(join(root, 'verdict.json'), 'utf8'))
  assert.equal(verdict.objectives[0].events, 800)
})

test('a path where nothing is is called no file and no run; a name without a path no run', async () => {
  for (const given of ['nosuch.csv', 'runs/nosuch', join(root, 'nosuch')]) {
    const { exitCode, stderr } = await judge(given)
    assert.equal(exitCode, 2)
    assert.match(stderr, /there is no file and no run "/)
  }
  assert.match((await judge('nosuch')).stderr, /there is no run "nosuch"/)
  mkdirSync(join(root, 'a.folder'))
  assert.match((await judge('a.folder')).stderr, /there is no run "a\.folder"/)
})

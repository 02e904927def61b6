import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { buildProgram } from './index.ts'

/** What `gauntlet list` prints in a folder without a config that holds these runs. */
async function listed(runs: readonly string[], t: TestContext): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'gauntlet-list-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  for (const run of runs) mkdirSync(join(cwd, '.gauntlet/runs', run), { recursive: true })
  let said = ''
  const out = (text: string): void => {
    said += text
  }
  const screen = { write: () => {}, isTerminal: false }
  const terminal = { cwd, out, screen, colour: false, onInterrupt: () => ({ release: () => {} }) }
  await buildProgram(terminal, () => {}).parseAsync(['list'], { from: 'user' })
  return said
}

test('runs of scripts are listed where there is no config', async (t) => {
  const said = await listed(['20261121-014530-k3f9'], t)
  assert.match(said, /^plans +none\n[\s\S]*runs +20261121-014530-k3f9 +not judged$/)
})

test('where there is nothing at all, a config is asked for', async (t) => {
  await assert.rejects(listed([], t), /no gauntlet\.config\.ts in/)
})

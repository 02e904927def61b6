import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openShop } from '../testing/shop.ts'

const shop = await openShop('the test of a slow reader')
const COMMAND = join(import.meta.dirname, '../gauntlet.cjs')

test('a document longer than a pipe holds is written to its end, however late it is read', () => {
  const runs = 2_000 // about 150 KB; a pipe holds 64
  for (let n = 0; n < runs; n++)
    mkdirSync(join(shop.root, '.gauntlet/runs', `20261121-000000-${n.toString(36).padStart(4, '0')}`), {
      recursive: true,
    })
  const line = `"${process.execPath}" "${COMMAND}" list --json | (sleep 1; cat)`
  const stdout = execFileSync('/bin/sh', ['-c', line], { cwd: shop.root, env: shop.environment })
  assert.equal(JSON.parse(stdout.toString()).runs.length, runs)
})

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { moveInPlace } from './move-in-place.ts'

const root = mkdtempSync(path.join(tmpdir(), 'plaza-move-'))
after(() => rmSync(root, { recursive: true }))

function fill(name: string): string {
  const folder = path.join(root, name)
  mkdirSync(folder)
  writeFileSync(path.join(folder, `made-by-${name}`), '')
  return folder
}

test('of two that fill the same place, the second finds it made and is content', async () => {
  const place = path.join(root, 'place')
  await moveInPlace(fill('first'), place)
  await moveInPlace(fill('second'), place)
  assert.deepEqual(readdirSync(place), ['made-by-first'])
})

test('a folder that cannot be moved for another reason is an error', async () => {
  await assert.rejects(moveInPlace(path.join(root, 'none'), path.join(root, 'nowhere')), { code: 'ENOENT' })
})

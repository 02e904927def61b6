import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXIT, GauntletError } from '../../../reports/run/index.ts'
import { readRecord, readTold } from './read-record.ts'

const GOLDEN = join(import.meta.dirname, '../../../reports/golden/shop-hung')

async function changed(change: (folder: string) => Promise<void>): Promise<unknown> {
  const parent = await mkdtemp(join(tmpdir(), 'gauntlet-record-'))
  try {
    const folder = join(parent, 'run')
    await cp(GOLDEN, folder, { recursive: true })
    await change(folder)
    return await readRecord(folder).catch((error: unknown) => error)
  } finally {
    await rm(parent, { recursive: true })
  }
}

for (const name of ['evidence/load.ndjson', 'evidence/index.json'])
  test(`a ${name} that is there and cannot be read is refused, not taken for one that is missing`, async () => {
    const error = await changed(async (folder) => {
      await rm(join(folder, name))
      await mkdir(join(folder, name))
    })
    assert.ok(error instanceof GauntletError, 'it was read')
    assert.deepEqual([error.code, error.exitCode], ['RECORD_UNREADABLE', EXIT.refused.code])
    assert.match(error.message, new RegExp(`^${name} of .* cannot be read: EISDIR`))
  })

test('what a run tells of itself is read without its evidence', async () => {
  const { journal, load } = await readTold(GOLDEN)
  assert.ok(journal.length > 0)
  assert.deepEqual(load, [])
})

test('a record without its sums crashed, and what it has is read', async () => {
  const record = await changed((folder) => rm(join(folder, 'evidence/index.json')))
  assert.ok(!(record instanceof Error))
})

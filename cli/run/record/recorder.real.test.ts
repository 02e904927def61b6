import assert from 'node:assert/strict'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createClock } from '../../process/clock.ts'
import { tellsResources } from '../../process/resources.ts'
import { testFolder } from '../../process/testing/place.ts'
import { createRunFolder } from './recorder.ts'

const folder = join(testFolder(), 'run')

/** Files below a folder that this process has open. */
function openBelow(path: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`)
      return file.startsWith(path) ? [file] : []
    } catch {
      return [] // closed since
    }
  })
}

test('first lines from several at once are all kept, in one file that is closed at the end', async (context) => {
  if (!tellsResources()) return context.skip('/proc is missing')
  const record = await createRunFolder(folder, createClock())
  await Promise.all([1, 2, 3].map((value) => record.evidence('probes.ndjson', { value })))
  assert.equal(openBelow(join(folder, 'evidence')).length, 1)
  await record.seal()
  await record.close()
  assert.deepEqual(openBelow(folder), [])
  const lines = readFileSync(join(folder, 'evidence', 'probes.ndjson'), 'utf8')
  assert.equal(lines, '{"value":1}\n{"value":2}\n{"value":3}\n')
})

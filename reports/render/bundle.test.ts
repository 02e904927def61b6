import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundlePage } from './bundle.ts'

test('the page is bundled once, kept under the hash of its sources, and a broken file there is not used', async () => {
  const cacheFolder = await mkdtemp(join(tmpdir(), 'gauntlet-bundle-'))
  try {
    const first = await bundlePage({ cacheFolder })
    assert.match(first.script, /Preact, \(c\) Jason Miller/)
    assert.match(first.style, /--violated:/)
    const [name = '', ...others] = await readdir(join(cacheFolder, 'page'))
    assert.deepEqual(others, [])
    await writeFile(join(cacheFolder, 'page', name), JSON.stringify({ ...first, script: 'kept' }))
    assert.equal((await bundlePage({ cacheFolder })).script, 'kept')
    await writeFile(join(cacheFolder, 'page', name), '{"script":"half')
    assert.deepEqual(await bundlePage({ cacheFolder }), first)
  } finally {
    await rm(cacheFolder, { recursive: true, force: true })
  }
})

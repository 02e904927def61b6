import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Ended } from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { findBrowser } from './find-browser.ts'

const VERSION = { stdout: 'Google Chrome 153.0.8010.0 \n' }

function search(
  environment: Record<string, string>,
  ended: (file: string) => Partial<Ended> = () => VERSION,
) {
  const { context, recorded } = fakeContext({ ended: ({ file }) => ended(file) })
  const found = findBrowser({ environment, exec: context.exec, log: context.log, cacheFolder: '/nowhere' })
  return { found, recorded }
}

test('takes the browser that CHROME_BIN names, with the version it tells', async () => {
  const { found } = search({ CHROME_BIN: '/opt/chrome', CHROME_PATH: '/opt/other' })
  assert.deepEqual(await found, {
    path: '/opt/chrome',
    version: 'Google Chrome 153.0.8010.0',
    origin: 'CHROME_BIN',
  })
})

test('refuses a CHROME_PATH that cannot be run instead of taking another browser', async () => {
  const { found } = search({ CHROME_PATH: '/opt/none' }, () => ({ exitCode: null, failedToStart: 'ENOENT' }))
  await assert.rejects(found, { code: 'BROWSER_UNUSABLE', exitCode: 24 })
})

test('takes an installed Chrome before an installed Chromium, and passes over one that does not start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gauntlet-find-browser-'))
  t.after(() => rm(folder, { recursive: true }))
  const chrome = join(folder, 'google-chrome')
  const chromium = join(folder, 'chromium')
  for (const file of [chrome, chromium]) await writeFile(file, '', { mode: 0o755 })

  const first = search({ PATH: `/snap/bin:${folder}` })
  assert.equal((await first.found).path, chrome)
  const second = search({ PATH: folder }, (file) => (file === chrome ? { exitCode: 127 } : VERSION))
  assert.equal((await second.found).path, chromium)
})

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { download } from './download.ts'

for (const proxy of ['10.0.0.1:3128', 'proxy.corp:3128'])
  test(`a proxy that is no URL (${proxy}) is why nothing could be had`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'gauntlet-download-'))
    const before = process.env['http_proxy']
    t.after(() => {
      rmSync(folder, { recursive: true })
      if (before === undefined) delete process.env['http_proxy']
      else process.env['http_proxy'] = before
    })
    process.env['http_proxy'] = proxy
    const to = join(folder, 'file')
    assert.match((await download({ url: 'http://127.0.0.1:2/', to })) ?? '', /\w/)
    assert.equal(existsSync(to), false)
  })

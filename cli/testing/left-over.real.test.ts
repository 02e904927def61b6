import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { leftOvers, nothingLeftOver } from './left-over.ts'
import { openShop } from './shop.ts'

const shop = await openShop('the test of what is left over')

test('a process that survives its command is found, until it ends', async () => {
  const survivor = spawn('/bin/sleep', ['60'], { env: shop.environment, stdio: 'ignore' })
  await once(survivor, 'spawn')
  assert.deepEqual(await leftOvers(shop), [`process ${survivor.pid} (/bin/sleep 60)`])
  survivor.kill()
  await nothingLeftOver(shop)
})

test('a file in the temporary folder is found, and one among the locks', async () => {
  const places = [join(shop.temporary, 'scratch'), join(shop.locks, 'measuring.1.1.1.lock')]
  for (const place of places) writeFileSync(place, '')
  assert.deepEqual(await leftOvers(shop), ['temporary file scratch', 'lock measuring.1.1.1.lock'])
  for (const place of places) rmSync(place)
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { type Caller, makeDataFolder, order, runOnFreeBlock, startPlaza } from '../testing/plaza.ts'
import { isRoot, nobody } from './data-folder.ts'

// Root has a home of its own under /var/tmp: as root this is tried as somebody else.
const uid = isRoot ? nobody.uid : undefined
const homeless: Caller = { env: { HOME: '/dev/null', XDG_STATE_HOME: '/dev/null/state' }, uid }
const reads =
  spawnSync(process.execPath, [path.join(import.meta.dirname, 'options.ts')], { uid }).status === 0
const skip = reads ? false : `the user ${uid} cannot read this checkout`

describe('a user without a home', { skip, timeout: 540_000 }, () => {
  test('is refused, in a sentence that says what to do', async () => {
    const { code, stderr } = await runOnFreeBlock([], homeless)
    assert.equal(code, 2, stderr)
    assert.match(
      stderr,
      /cannot write to the folder \/dev\/null\/state\/.*\n {2}hint: .*--data.*XDG_STATE_HOME/,
    )
    assert.doesNotMatch(stderr, /\n {4}at /)
  })

  test('can run Plaza in a data folder, where it then keeps everything', async () => {
    const data = makeDataFolder(uid)
    const plaza = await startPlaza(data, homeless)
    await order(plaza)
    assert.equal(await plaza.stop(), 0)
    assert.ok(existsSync(path.join(data, 'cache/postgres')))
  })

  test('is refused a data folder that cannot be made, naming it', async () => {
    const { code, stderr } = await runOnFreeBlock(['--data', '/dev/null/data'], homeless)
    assert.equal(code, 2, stderr)
    assert.match(stderr, /cannot write to the folder \/dev\/null\/data/)
  })
})

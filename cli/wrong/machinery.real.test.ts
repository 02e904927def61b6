import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXIT } from '../../reports/run/index.ts'
import { answerOf, gauntlet, runPlan, startGauntlet } from '../testing/gauntlet.ts'
import { runFolders } from '../testing/run-folders.ts'
import { openShop } from '../testing/shop.ts'
import { answerOrStarved } from '../testing/spare-runs.ts'

const shop = await openShop('the test of failing machinery')
const { skip } = shop

test('says what to install when there is neither k6 nor Go, nor a release to be had', async () => {
  const programs = join(shop.root, 'programs')
  mkdirSync(programs)
  symlinkSync(process.execPath, join(programs, 'node'))
  const cache = join(shop.root, 'empty-cache')
  const GAUNTLET_K6_RELEASES = 'http://127.0.0.1:2/releases' // nobody listens on port 2
  const nowhere = { PATH: programs, K6_BIN: '', XDG_CACHE_HOME: cache, GAUNTLET_K6_RELEASES }
  const { stderr, document } = answerOf(
    await gauntlet(runPlan('glance', shop), shop, nowhere),
    EXIT.machinery.code,
  )
  assert.equal(document['code'], 'K6_NOT_FETCHED')
  assert.match(
    stderr,
    /^failed: k6 could not be fetched: http:\/\/127\.0\.0\.1:2\/releases\/v\S+: .*ECONNREFUSED.* {3}\(exit 24\)/m,
  )
  assert.match(stderr, /hint {5}install k6 .* or Go /)
  assert.deepEqual(runFolders(shop), [])
})

test('gives the last words of a k6 that dies before it opens its stream', async () => {
  const { stderr, verdict } = answerOf(
    await gauntlet(runPlan('glance', shop), shop, { K6_BIN: dyingK6() }),
    EXIT.machinery.code,
  )
  assert.match(
    stderr,
    /^failed: k6 ended with code 3\n {2}hint {5}its last words:\s+out of virtual memory for VUs/m,
  )
  assert.equal(verdict?.outcome, 'failed')
})

/** A program that says it is k6, takes every journey, and dies as soon as it should run one. */
function dyingK6(): string {
  const path = join(shop.root, 'k6')
  const script = [
    '#!/bin/sh',
    'case "$1" in',
    'version) echo "k6 v2.2.0 (go1.26, linux/amd64)" ;;',
    'inspect) ;;',
    `*) echo '{"level":"error","msg":"out of virtual memory for VUs"}' >&2; exit 3 ;;`,
    'esac',
  ]
  writeFileSync(path, `${script.join('\n')}\n`, { mode: 0o755 })
  return path
}

test('shows the last log lines of a target that is never ready', { skip }, async () => {
  const { stderr, document } = answerOf(
    await gauntlet(runPlan('glance', shop), shop, { SHOP_MODE: 'never-ready' }),
    EXIT.machinery.code,
  )
  assert.match(
    stderr,
    /never ready: no description after 10 s[\s\S]*the price list is locked by another shop/,
  )
  assert.match(String(document['hint']), /the price list is locked by another shop/)
  const judged = await gauntlet(['judge', 'last'], shop)
  assert.equal(judged.exitCode, EXIT.machinery.code)
  assert.match(judged.stdout, /note +to mend it: its last lines: .*the price list/)
})

test('a disk that fills up ends the run, and its record is never met', async (context) => {
  const disk = smallDisk(join(shop.root, '.gauntlet'))
  if (typeof disk === 'string') return context.skip(disk)
  if (skip !== false) return context.skip(skip)
  const copy = join(shop.root, 'record-of-a-full-disk')
  try {
    const running = startGauntlet(runPlan('worker-long-lost', shop), shop)
    const folder = await running.journals('fault-confirmed')
    disk.fill()
    const { stderr, document } = answerOf(await running.ended, EXIT.machinery.code)
    assert.equal(document['code'], 'DISK_FULL')
    assert.match(stderr, /^failed: nothing can be written to .*ENOSPC/m)
    assert.match(stderr, /fault kill-worker proven gone/)
    assert.doesNotMatch(stderr, /waiting for the last requests/, 'the load went on to its end')
    const judged = answerOf(await gauntlet(['judge', folder, '--json'], shop), EXIT.machinery.code)
    assert.equal(judged.document['code'], 'DISK_FULL')
    cpSync(folder, copy, { recursive: true })
  } finally {
    disk.unmount()
  }
  const { verdict } = answerOrStarved(await gauntlet(['judge', copy, '--json'], shop), EXIT.inconclusive.code)
  assert.equal(verdict?.outcome, 'crashed')
})

test('an undo that fails while the disk is full is told by the exit code', async (context) => {
  const disk = smallDisk(join(shop.root, '.gauntlet'))
  if (typeof disk === 'string') return context.skip(disk)
  if (skip !== false) return context.skip(skip)
  try {
    const stubborn = { SHOP_MODE: 'stubborn' }
    const running = startGauntlet(runPlan('worker-long-lost', shop), shop, stubborn)
    await running.journals('fault-confirmed')
    disk.fill()
    const { stderr, document } = answerOf(await running.ended, EXIT.unproven.code)
    assert.equal(document['code'], 'UNDO_FAILED')
    assert.match(stderr, /fault kill-worker NOT proven gone/)
  } finally {
    disk.unmount()
  }
})

test('a disk that is full before the run is said before anything is started', async (context) => {
  const disk = smallDisk(join(shop.root, '.gauntlet'))
  if (typeof disk === 'string') return context.skip(disk)
  if (skip !== false) return context.skip(skip)
  try {
    disk.fill()
    const { document } = answerOf(await gauntlet(runPlan('glance', shop), shop), EXIT.machinery.code)
    assert.equal(document['code'], 'DISK_FULL')
  } finally {
    disk.unmount()
  }
})

/** A disk of 1 MiB over a folder, until it is unmounted; why there is none when we may not. */
function smallDisk(folder: string): { fill(): void; unmount(): void } | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'mount is missing: only root on Linux can put a small disk over a folder'
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    return `mount is missing: ${error instanceof Error ? error.message.trim() : error}`
  }
  return {
    fill: () => {
      for (let size = 1 << 20; size >= 1; size >>= 1) writeUntilFull(join(folder, `filler-${size}`), size)
    },
    unmount: () => void execFileSync('umount', [folder]),
  }
}

function writeUntilFull(path: string, size: number): void {
  try {
    writeFileSync(path, Buffer.alloc(size))
  } catch {
    // what fitted of it stays
  }
}

test('a switch that cannot be put back is told by the exit code, also before the load began', {
  skip,
}, async () => {
  const args = runPlan('glance', shop, '--switch', 'slow,hang')
  const ended = await gauntlet(args, shop, { SHOP_MODE: 'one-switch' })
  const { stderr, document } = answerOf(ended, EXIT.unproven.code)
  assert.equal(document['code'], 'UNDO_FAILED')
  assert.match(stderr, /switch slow NOT undone/)
})

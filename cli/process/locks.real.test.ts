import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Program } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { createExec } from './exec.ts'
import { identify, isAlive } from './identity.ts'
import { acquire, holdersOf, locksFolder } from './locks.ts'
import { fixture, testFolder } from './testing/place.ts'

testFolder()
const exec = createExec({ runId: '20261121-000000-lock' })

async function contend(name: string): Promise<{ running: Program; said: string }> {
  const line = Promise.withResolvers<string>()
  const running = exec.start({
    file: process.execPath,
    args: [fixture('holds-a-lock.ts'), name],
    onLine: line.resolve,
  })
  return { running, said: await line.promise }
}

test('of four processes that race for 300 locks exactly one gets each', async () => {
  const outputs = Array.from({ length: 4 }, () => [] as string[])
  const racers = outputs.map((lines) =>
    exec.start({
      file: process.execPath,
      args: [fixture('races-for-locks.ts'), '300'],
      onLine: (line) => lines.push(line),
    }),
  )
  await until('all are ready', () => outputs.every((lines) => lines.length === 1))
  writeFileSync(join(locksFolder(), 'go'), '')
  await until('all have tried', () => outputs.every((lines) => lines.length === 2), 60_000)
  await Promise.all(racers.map((racer) => racer.stop()))
  const won = outputs.flatMap((lines): number[] => JSON.parse(lines[1] ?? ''))
  assert.deepEqual(
    won.sort((a, b) => a - b),
    Array.from({ length: 300 }, (_, index) => index),
  )
})

test('who finds a lock taken is told the pid, what for and since when', async () => {
  const holder = await contend('named')
  await assert.rejects(acquire('named', { what: 'a second run', waitMs: 0 }), {
    code: 'LOCKED',
    message: new RegExp(`named is held by process ${holder.running.pid} \\(a test\\) since 20\\d\\d-`),
  })
  await holder.running.stop()
})

test('who waits gets the lock when the holder ends, even by kill -9', async () => {
  const holder = await contend('waited-for')
  let waitedFor = 0
  const waiting = acquire('waited-for', {
    what: 'a second run',
    waitMs: 10_000,
    onWait: ({ pid }) => {
      waitedFor = pid
      const identity = identify(pid)
      if (identity !== undefined) exec.signal({ ...identity, signal: 'SIGKILL' })
    },
  })
  const lock = await waiting
  assert.equal(waitedFor, holder.running.pid)
  lock.release()
})

test('the lock of a pid that was given to another process is taken over', async () => {
  const me = identify(process.pid)
  assert.ok(me !== undefined && isAlive(me))
  const stale = join(locksFolder(), `recycled.${me.pid}.${me.startedAt - 1}.1.lock`)
  writeFileSync(stale, '')
  const lock = await acquire('recycled', { what: 'the living', waitMs: 0 })
  assert.equal(holdersOf('recycled').length, 1)
  lock.release()
  assert.deepEqual(holdersOf('recycled'), [])
})

test('a claim that is being written counts as held: its name says by whom', async () => {
  const me = identify(process.pid)
  writeFileSync(join(locksFolder(), `young.${me?.pid}.${me?.startedAt}.999.lock`), '')
  await assert.rejects(acquire('young', { what: 'too early', waitMs: 0 }), /not yet said/)
})

test('a lock is not given twice to the same process', async () => {
  using _lock = await acquire('once', { what: 'first', waitMs: 0 })
  await assert.rejects(acquire('once', { what: 'second', waitMs: 0 }), /held by process \d+ \(first\)/)
})

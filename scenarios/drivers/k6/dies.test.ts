import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { GauntletError, type RunContext } from '../../../reports/run/index.ts'
import { plannedLoad, readBack, realContext } from './fixtures/k6.ts'
import { checkJourneys, k6Driver } from './index.ts'

const STREAM = join(import.meta.dirname, 'fixtures/streams/orders.csv')
const load = plannedLoad({
  name: 'shop',
  journey: 'journeys/orders.k6.ts',
  ratePerSecond: 5,
  durationMs: 20_000,
})

/** A program that takes the place of k6 and runs this line of shell with the FIFO as $fifo. */
async function start(run: string, context: RunContext) {
  const path = join(context.scratch, 'k6')
  const findFifo = 'fifo=$(echo "$*" | sed "s/.*fileName=\\([^,]*\\).*/\\1/")'
  await writeFile(path, `#!/bin/sh\n${findFifo}\n${run}\n`)
  await chmod(path, 0o755)
  const driver = k6Driver({ binary: { path, version: '2.2.0', origin: 'K6_BIN' }, thresholdsMs: [] })
  return (await driver.prepare([load], context)).start()
}

test('k6 dying before it opens the stream is a failure with its last words', async () => {
  await using real = await realContext()
  const log = '{"level":"error","msg":"out of memory"}'
  const running = await start(`echo '${log}' >&2; exit 255`, real.context)
  assert.deepEqual(await running.done, {
    kind: 'failed',
    reason: 'k6 ended with code 255',
    hint: 'its last words:\nout of memory',
  })
})

test('k6 killed in the middle of a row is a failure that keeps what was measured', async () => {
  await using real = await realContext()
  const inTheMiddle = readFileSync(STREAM, 'utf8').lastIndexOf('iteration_duration') + 25
  const running = await start(`head -c ${inTheMiddle} ${STREAM} > "$fifo"; kill -9 $$`, real.context)
  assert.deepEqual(await running.done, { kind: 'failed', reason: 'k6 was ended by SIGKILL' })
  const { counts, instrument } = readBack(real.recorded)
  assert.equal(counts['iteration shop ok'], 10)
  assert.equal(counts['iteration shop interrupted'], undefined, 'that was not the target')
  assert.equal(instrument.unreadableRows, 1)
})

test('a stream that falls silent before the load should end leaves a gap', async () => {
  await using real = await realContext()
  const running = await start(`cat ${STREAM} > "$fifo"`, real.context)
  assert.deepEqual(await running.done, { kind: 'completed' })
  assert.deepEqual(readBack(real.recorded).instrument.gaps, [{ fromSecond: 2, toSecond: 19 }])
})

test('a disk that is full stops k6 and fails the load', async () => {
  await using real = await realContext()
  const full = () => Promise.reject(new GauntletError('DISK_FULL', 'the disk is full', { exit: 'machinery' }))
  const context = { ...real.context, record: { ...real.context.record, evidence: full } }
  const running = await start(`cat ${STREAM} > "$fifo"; exec sleep 60`, context)
  assert.deepEqual(await running.done, { kind: 'failed', reason: 'the disk is full' })
})

test('a k6 that is gone when it is needed fails, and does not hang', async () => {
  await using real = await realContext()
  const binary = { path: join(real.context.scratch, 'gone'), version: '2.2.0', origin: 'cache' } as const
  await assert.rejects(checkJourneys([load], binary, real.context), {
    code: 'K6_UNUSABLE',
    exit: 'machinery',
  })
  const ready = await k6Driver({ binary, thresholdsMs: [] }).prepare([load], real.context)
  const outcome = await ready.start().done
  assert.match(outcome.kind === 'failed' ? outcome.reason : outcome.kind, /could not be started: .*ENOENT/)
})

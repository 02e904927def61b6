import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GauntletError } from '../../reports/run/index.ts'
import { until } from '../../reports/run/testing.ts'
import { createExec } from './exec.ts'
import { groupMembers, identify, readStartedAt } from './identity.ts'
import { fixture, testFolder } from './testing/place.ts'

const folder = testFolder()
const exec = createExec({ runId: '20261121-000000-exec' })
const node = (name: string, ...args: string[]) => ({ file: process.execPath, args: [fixture(name), ...args] })

/** Resolves with the first line that the program prints. */
function startAndRead(...program: Parameters<typeof node>) {
  const line = Promise.withResolvers<string>()
  const running = exec.start({ ...node(...program), onLine: line.resolve })
  return { running, firstLine: line.promise }
}

test('a program that ends by itself gives its exit code and both outputs', async () => {
  const ended = await exec.run(node('exits-99.js'))
  assert.deepEqual(ended, {
    exitCode: 99,
    signal: null,
    timedOut: false,
    cancelled: false,
    failedToStart: null,
    stdout: 'to standard output\n',
    stderr: 'to standard error\n',
  })
})

test('a program that does not exist is a result that names it, not an error', async () => {
  const ended = await exec.run({ file: '/nowhere/at-all', args: [] })
  assert.match(ended.failedToStart ?? '', /ENOENT/)
  assert.equal(ended.exitCode, null)
})

test('a folder that does not exist is a failed start too', async () => {
  const ended = await exec.run({ ...node('exits-99.js'), cwd: '/nowhere' })
  assert.notEqual(ended.failedToStart, null)
})

test('a program that takes too long is ended and says that it timed out', async () => {
  const ended = await exec.run({ ...node('waits.js'), timeoutMs: 300 })
  assert.equal(ended.timedOut, true)
  assert.equal(ended.cancelled, false)
  assert.equal(ended.signal, 'SIGTERM')
})

test('a program that ignores SIGTERM is killed after the grace', async () => {
  const { running, firstLine } = startAndRead('ignores-sigterm.js')
  await firstLine
  const ended = await running.stop(200)
  assert.equal(ended.signal, 'SIGKILL')
  assert.equal(ended.cancelled, true)
  assert.equal(readStartedAt(running.pid ?? 0), undefined)
})

test('stopping a program ends the grandchild that ignores SIGTERM as well', async () => {
  const { running, firstLine } = startAndRead('spawns-a-grandchild.js')
  const grandchild = Number(await firstLine)
  assert.notEqual(readStartedAt(grandchild), undefined)
  await running.stop(200)
  await until('it is killed', () => readStartedAt(grandchild) === undefined)
})

test('a program that leaves a grandchild behind ends with it, and says the exit code of its own', async () => {
  const { running, firstLine } = startAndRead('spawns-a-grandchild.js', 'leave')
  const grandchild = Number(await firstLine)
  const ended = await running.ended
  assert.equal(ended.exitCode, 0)
  assert.equal(ended.cancelled, false)
  await until('it is killed', () => readStartedAt(grandchild) === undefined)
})

test('a descendant that left the group and holds the output open does not hold up the end', async (t) => {
  const { running, firstLine } = startAndRead('leaves-its-group.js', 'hold')
  const descendant = identify(Number(await firstLine))
  assert.ok(descendant !== undefined)
  t.after(() => exec.signal({ ...descendant, signal: 'SIGKILL' }))
  const ended = await running.stop()
  assert.equal(ended.signal, 'SIGTERM')
  assert.equal(ended.stdout, `${descendant.pid}\n`)
  assert.equal(exec.isAlive(descendant), true)
})

test('a guardian that dies while it releases a program does not make its end an error', async () => {
  const lost = new GauntletError('GUARDIAN_LOST', 'the guardian ended before us')
  const guardian = { holdProcess: () => 'process-1', release: () => Promise.reject(lost) }
  const held = createExec({ runId: '20261121-000000-held', guardian })
  const ended = await held.run(node('exits-99.js'))
  assert.equal(ended.exitCode, 99)
})

test('each program leads a process group of its own', async () => {
  const { running, firstLine } = startAndRead('waits.js')
  await firstLine
  assert.deepEqual(groupMembers(running.pid ?? 0), [running.pid])
  await running.stop()
})

test('every program carries the mark of the run, whatever its environment says', async () => {
  const environment = { GAUNTLET_RUN: 'another', ADDED: 'yes', HOME: undefined }
  const ended = await exec.run({ ...node('prints-environment.js'), environment })
  const seen = JSON.parse(ended.stdout)
  assert.equal(seen.GAUNTLET_RUN, '20261121-000000-exec')
  assert.equal(seen.ADDED, 'yes')
  assert.equal('HOME' in seen, false)
})

test('without the inherited environment only PATH, HOME, TMPDIR and what was given are passed on', async () => {
  process.env['K6_VUS'] = '1'
  const inherited = await exec.run(node('prints-environment.js'))
  const bare = await exec.run({ ...node('prints-environment.js'), inheritEnvironment: false })
  delete process.env['K6_VUS']
  assert.equal(JSON.parse(inherited.stdout).K6_VUS, '1')
  const allowed = new Set(['PATH', 'HOME', 'TMPDIR', 'GAUNTLET_RUN'])
  assert.deepEqual(
    Object.keys(JSON.parse(bare.stdout)).filter((name) => !allowed.has(name)),
    [],
  )
})

test('each line is told once and whole, also a last one without an end, and only the tail is kept', async () => {
  const lines: string[] = []
  const ended = await exec.run({ ...node('talks-without-end.js'), onLine: (line) => lines.push(line) })
  assert.equal(lines.length, 200_000)
  assert.equal(lines[99_999], 'line 100000')
  assert.equal(lines.at(-1), 'the end')
  assert.equal(ended.stdout.length, 64 * 1024)
  assert.ok(ended.stdout.endsWith('the end'))
})

test('a signal is refused when the start time is another: a recycled pid is never hit', async () => {
  const { running, firstLine } = startAndRead('waits.js')
  await firstLine
  const identity = identify(running.pid)
  assert.ok(identity !== undefined)
  const recycled = { ...identity, startedAt: identity.startedAt + 1 }
  assert.equal(exec.signal({ ...recycled, signal: 'SIGKILL' }), false)
  assert.equal(exec.isAlive(identity), true)
  assert.equal(exec.signal({ ...identity, signal: 'SIGKILL' }), true)
  await until('it is gone', () => !exec.isAlive(identity))
  assert.equal((await running.ended).signal, 'SIGKILL')
  assert.equal(exec.signal({ ...identity, signal: 'SIGKILL' }), false)
})

test('a harness that ends in good order ends its programs', async () => {
  const source = `
    import { createExec } from ${JSON.stringify(new URL('exec.ts', import.meta.url).href)}
    const running = createExec({ runId: '20261121-000000-exit' }).start({
      file: process.execPath, args: [${JSON.stringify(fixture('waits.js'))}], onLine: () => process.exit(0) })
    console.log(running.pid)`
  const ended = await exec.run({
    file: process.execPath,
    args: ['--input-type=module-typescript', '-e', source],
    cwd: folder,
  })
  assert.equal(ended.exitCode, 0, ended.stderr)
  const orphan = Number(ended.stdout)
  await until('the program is gone', () => readStartedAt(orphan) === undefined)
})

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, beforeEach, test } from 'node:test'
import { Compile } from 'typebox/compile'
import { JournalEntry } from '../../../reports/run/index.ts'
import { until } from '../../../reports/run/testing.ts'
import { identify, isAlive, isStopped, readStartedAt } from '../identity.ts'
import { acquire, locksOfRun } from '../locks.ts'
import { findLeftovers, markedProcesses } from '../marks.ts'
import { lockPortBlock } from '../ports.ts'
import { fixture, testFolder, testRunId } from '../testing/place.ts'
import { startGuardian } from './guardian.ts'
import { isLinkProxy } from './link-proxies.ts'

const runId = testRunId()
// before the locks become our own: ports are shared with every test of this machine
const block = await lockPortBlock(1, 'the test of the guardian')
after(() => block.release())
const folder = testFolder()
const tokenFile = join(folder, 'token')
writeFileSync(tokenFile, 'secret\n')
const isEntry = Compile(JournalEntry)

/** The target's control: what it was asked, and how many times it refuses before it does it. */
let asked: string[] = []
let refusals = 0
let control: Server
before(async () => {
  control = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    asked.push(`${request.headers.authorization} ${request.method} ${request.url} ${body}`)
    response.writeHead(refusals-- > 0 ? 503 : 204).end()
  }).listen(0, '127.0.0.1')
  await once(control, 'listening')
})
after(() => control.close())

let number = 0
let journalPath = ''
let scratch = ''
beforeEach(() => {
  asked = []
  refusals = 0
  journalPath = join(folder, `journal-${++number}.ndjson`)
  scratch = join(folder, `scratch-${number}`)
  mkdirSync(join(scratch, 'profile'), { recursive: true })
  writeFileSync(join(scratch, 'profile', 'Local State'), '')
})

function undoOf(path: string) {
  const { port } = control.address() as AddressInfo
  return {
    method: 'PUT',
    url: `http://127.0.0.1:${port}${path}`,
    tokenFile,
    body: { on: false },
    does: `undo ${path}`,
  }
}
const switchUndo = () => ({ kind: 'switch', switch: 'slow-search', undo: undoOf('/switches/slow-search') })
const faultUndo = () => ({
  kind: 'fault',
  injection: `${runId}/kill-order-worker/1`,
  experiment: 'kill-order-worker',
  undo: undoOf('/processes/order-worker'),
})

/** Starts the stand-in harness and waits until it holds everything. */
async function startHarness(options: {
  undos: object[]
  leaseMs?: number
  standIn?: boolean
  program?: string[]
  close?: boolean
  closeWhenLost?: boolean
  bug?: boolean
}) {
  const lock = `target-${number}`
  const asJson = JSON.stringify({ runId, journalPath, scratch, lock, ...options })
  const harness = spawn(process.execPath, [fixture('stand-in-harness.ts'), asJson], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: harness.stdout })
  const [line] = await Promise.race([once(lines, 'line'), once(lines, 'close')])
  assert.ok(line, 'the stand-in harness ended before it was ready')
  return { harness, ...JSON.parse(line) } as {
    harness: ChildProcess
    guardian: number
    guardians: number[]
    said: string
  }
}

function journal() {
  const lines = existsSync(journalPath) ? readFileSync(journalPath, 'utf8').trim().split('\n') : []
  return lines.map((line) => JSON.parse(line))
}

/** In order: a control that is busy for longer than a try takes is asked the same again. */
const whatWasAsked = (): string[] => [...new Set(asked)]

const nothingLeft = () =>
  until(
    'nothing of the run is left',
    async () => (await findLeftovers({ runId, ports: [], scratch })).length === 0,
  )

test('after kill -9 the undos reach the target, last one first, and nothing is left', async () => {
  const program = [fixture('spawns-a-grandchild.js')]
  const { harness, guardian } = await startHarness({ undos: [switchUndo(), faultUndo()], program })
  assert.ok((await findLeftovers({ runId, ports: [], scratch })).length >= 4, 'the finder sees what is there')
  harness.kill('SIGKILL')
  await nothingLeft()
  assert.deepEqual(whatWasAsked(), [
    'Bearer secret PUT /processes/order-worker {"on":false}',
    'Bearer secret PUT /switches/slow-search {"on":false}',
  ])
  assert.deepEqual(
    journal().map(({ kind, by }) => `${kind} ${by}`),
    ['fault-undoing guardian', 'fault-undone guardian', 'switch-undone guardian'],
  )
  assert.ok(journal().every((entry) => isEntry.Check(entry)))
  await until('the guardian has ended too', () => readStartedAt(guardian) === undefined)
  assert.equal(existsSync(scratch), false)
})

for (const [fixtureName, what] of [
  ['leaves-its-group.js', 'a process that left its group is found by its mark'],
  ['drops-its-mark.js', 'a process that dropped its mark is found by its group'],
] as const)
  test(`after kill -9 ${what}`, async () => {
    const { harness, said } = await startHarness({ undos: [], program: [fixture(fixtureName)] })
    assert.notEqual(readStartedAt(Number(said)), undefined)
    harness.kill('SIGKILL')
    await until('it is gone', () => readStartedAt(Number(said)) === undefined)
    await nothingLeft()
  })

for (const bug of [false, true])
  test(`after ${bug ? 'an exit by a bug' : 'kill -9'} an undo comes before the end of the processes that it speaks to`, async () => {
    const heard = join(folder, `heard-${number}`)
    const [port] = block.ports
    const undo = { ...undoOf(''), url: `http://127.0.0.1:${port}/switches/hang` }
    const { harness } = await startHarness({
      undos: [{ kind: 'switch', switch: 'hang', undo }],
      program: [fixture('takes-undos.js'), heard, String(port)],
      bug,
    })
    if (!bug) harness.kill('SIGKILL')
    await nothingLeft()
    assert.equal(readFileSync(heard, 'utf8'), 'PUT /switches/hang')
  })

test('a harness that stands still for longer than its lease is taken for gone', async () => {
  const { harness, guardian } = await startHarness({ undos: [switchUndo()], leaseMs: 500 })
  harness.kill('SIGSTOP')
  await until('the undo was taken', () => journal().at(-1)?.kind === 'switch-undone')
  const { length } = asked
  harness.kill('SIGKILL')
  await until('the undo was sent once more: it could have woken and acted', () => asked.length > length)
  await until('the guardian has ended', () => readStartedAt(guardian) === undefined)
  await nothingLeft()
})

test('what is undone once more is tried as long as the first time: a busy target may refuse just then', async () => {
  const { harness, guardian } = await startHarness({ undos: [switchUndo()], leaseMs: 500 })
  harness.kill('SIGSTOP')
  await until('the undo was taken', () => journal().at(-1)?.kind === 'switch-undone')
  refusals = 2
  harness.kill('SIGKILL')
  await until('the guardian has ended', () => readStartedAt(guardian) === undefined)
  assert.ok(refusals < 0, 'two were refused, and the last one was taken')
})

test('a harness that lives keeps what it holds for longer than its lease', async () => {
  // long enough for a machine that is busy with other tests
  const guardian = await startGuardian({ runId, journalPath, scratch, leaseMs: 5_000 })
  try {
    const undo = { ...undoOf('/x'), method: 'PUT' } as const
    const held = await guardian.hold({ kind: 'switch', switch: 'x', undo })
    const startMs = performance.now()
    await until('two leases are over', () => performance.now() - startMs > 12_000)
    assert.ok(guardian.isWatching())
    assert.deepEqual(asked, [])
    await guardian.release(held)
  } finally {
    await guardian.close()
  }
})

test('when harness and guardian are killed at once, the second guardian takes everything back', async () => {
  const { harness, guardian } = await startHarness({ undos: [switchUndo()], standIn: true })
  process.kill(guardian, 'SIGKILL')
  harness.kill('SIGKILL')
  await until('the undo was sent', () => asked.length > 0)
  await nothingLeft()
})

test('a guardian that stands still is given up: the harness may inject nothing any more, and does not wait for it', async () => {
  const guardian = await startGuardian({ runId, journalPath, scratch, leaseMs: 3_000 })
  await guardian.hold({ kind: 'switch', switch: 'x', undo: { ...undoOf('/x'), method: 'PUT' } })
  const [pid = 0] = guardian.pids
  process.kill(pid, 'SIGSTOP')
  await until('it is given up', () => guardian.lost.aborted)
  assert.equal(guardian.isWatching(), false)
  const identity = identify(pid)
  await guardian.close()
  assert.ok(identity !== undefined && !isAlive(identity), 'it would do its undos when it wakes')
  assert.equal(whatWasAsked().length, 1, 'the harness did in its stead what was held')
  assert.deepEqual(journal(), [], 'which the harness tells')
})

test('a harness that does in the stead of its guardians what is held, and is killed in it, has them still', async () => {
  refusals = Number.POSITIVE_INFINITY
  const { harness, guardians } = await startHarness({
    ...{ undos: [switchUndo()], leaseMs: 3_000, standIn: true, closeWhenLost: true },
  })
  const identities = guardians.map((pid) => identify(pid)!)
  for (const pid of guardians) process.kill(pid, 'SIGSTOP')
  await until('it does it itself', () => asked.length > 0)
  harness.kill('SIGKILL')
  refusals = 0
  for (const one of identities) if (isAlive(one)) process.kill(one.pid, 'SIGCONT')
  await nothingLeft()
  assert.equal(journal().at(-1)?.kind, 'switch-undone')
})

test('a process that was stopped goes on when the harness is gone, and one that took its pid is let alone', async () => {
  const program = spawn(process.execPath, [fixture('waits.js')], { stdio: 'ignore' })
  const identity = identify(program.pid)
  assert.ok(identity)
  const undo = (startedAt: number) => ({
    kind: 'signal',
    victim: { name: 'waits', pid: identity.pid, startedAt },
    signal: 'SIGCONT',
    does: 'let it go on',
  })
  const fault = (startedAt: number) => ({ ...faultUndo(), undo: undo(startedAt) })
  try {
    process.kill(identity.pid, 'SIGSTOP')
    await until('it is stopped', () => isStopped(identity))
    const other = await startHarness({ undos: [fault(identity.startedAt - 1)] })
    other.harness.kill('SIGKILL')
    await until('that guardian has ended', () => readStartedAt(other.guardian) === undefined)
    assert.ok(isStopped(identity))
    const { harness } = await startHarness({ undos: [fault(identity.startedAt)] })
    harness.kill('SIGKILL')
    await until('it goes on', () => !isStopped(identity))
  } finally {
    program.kill('SIGKILL')
  }
})

test('a target that refuses at first is asked again', async () => {
  refusals = 3
  const { harness } = await startHarness({ undos: [switchUndo()] })
  harness.kill('SIGKILL')
  await nothingLeft()
  assert.ok(refusals < 0, 'three were refused, and the last one was taken')
  assert.deepEqual(
    journal().map(({ kind }) => kind),
    ['switch-undone'],
  )
})

test('an undo that is refused to the end is journaled as failed, with what the target said', async () => {
  refusals = Number.POSITIVE_INFINITY
  let last = { kind: '', seen: '' }
  const isAnswered = async (): Promise<boolean> => {
    const { harness } = await startHarness({ undos: [faultUndo()] })
    harness.kill('SIGKILL')
    await nothingLeft()
    last = journal().at(-1)
    return !/no reply within/.test(last.seen)
  }
  await until('the control was not too busy to refuse the last try', isAnswered, 60_000)
  assert.equal(last.kind, 'undo-failed')
  assert.match(last.seen, /status 503/)
  assert.ok(isEntry.Check(last))
})

test('a journal cut in the middle of a line keeps every line that the guardian adds', async () => {
  writeFileSync(journalPath, '{"schema":"gauntlet/journal/1","atUs":1,"kind":"load-ended"}\n{"schema":"gaunt')
  const { harness } = await startHarness({ undos: [switchUndo()] })
  harness.kill('SIGKILL')
  await nothingLeft()
  const lines = readFileSync(journalPath, 'utf8').split('\n')
  assert.equal(lines[1], '{"schema":"gaunt')
  assert.equal(JSON.parse(lines[2] ?? '').kind, 'switch-undone')
})

test('Ctrl-C and a termination do not end a guardian that holds something', async () => {
  const { harness, guardian } = await startHarness({ undos: [switchUndo()] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(guardian, signal)
  harness.kill('SIGKILL')
  await nothingLeft()
  assert.equal(whatWasAsked().length, 1)
})

test('a clean close takes nothing back and leaves nothing but the folder of the run', async () => {
  const program = [fixture('waits.js')]
  const { harness, guardian } = await startHarness({ undos: [switchUndo()], program, close: true })
  const [code] = await once(harness, 'exit')
  assert.equal(code, 0)
  assert.deepEqual(asked, [])
  assert.deepEqual(journal(), [])
  assert.equal(existsSync(scratch), true, 'the harness removes it')
  await until('the guardian has ended too', () => readStartedAt(guardian) === undefined)
})

test('a good-bye with an undo still held sends it, and leaves a harness that lives its locks and its scratch', async () => {
  const guardian = await startGuardian({ runId, journalPath, scratch })
  using _lock = await acquire(`lock-of-${runId}`, { what: 'the test of the guardian', run: runId, waitMs: 0 })
  const undo = { ...undoOf('/switches/slow-search'), method: 'PUT' } as const
  await guardian.hold({ kind: 'switch', switch: 'slow-search', undo })
  await guardian.close()
  assert.equal(whatWasAsked().length, 1)
  assert.deepEqual(
    journal().map(({ kind }) => kind),
    ['switch-undone'],
  )
  assert.equal(locksOfRun(runId).length, 1)
  assert.equal(existsSync(scratch), true)
})

test('a target that ends while it is asked needs no proxy any more', async (context) => {
  const target = createServer((request, response) => {
    if (request.method === 'PUT') return void response.writeHead(204).end()
    request.socket.destroy()
    target.close()
  }).listen(0, '127.0.0.1')
  await once(target, 'listening')
  context.after(() => target.close())
  const { port } = target.address() as AddressInfo
  const guardian = await startGuardian({ runId, journalPath, scratch })
  await guardian.carrier('proxy')
  const proxies = () => markedProcesses(runId).filter(isLinkProxy)
  assert.equal(proxies().length, 1)
  const url = `http://127.0.0.1:${port}/links/front`
  const undo = { ...undoOf(''), url, method: 'PUT', body: { via: null } } as const
  await guardian.hold({ kind: 'switch', switch: 'x', undo })
  await guardian.close()
  assert.deepEqual(proxies(), [])
})

test('a guardian that dies is told at once, and it takes no more holds', async () => {
  const guardian = await startGuardian({ runId, journalPath, scratch })
  const identity = identify(guardian.pids[0])
  assert.ok(identity !== undefined)
  const lost = once(guardian.lost, 'abort')
  process.kill(identity.pid, 'SIGKILL')
  await lost
  assert.equal(guardian.lost.reason.code, 'GUARDIAN_LOST')
  const undo = { ...undoOf('/x'), method: 'PUT' } as const
  await assert.rejects(guardian.hold({ kind: 'switch', switch: 'x', undo }), { code: 'GUARDIAN_LOST' })
  await guardian.close()
})

test('what the harness takes back itself is tried again while the target refuses, and within its time only', async (context) => {
  const guardian = await startGuardian({ runId, journalPath, scratch })
  context.after(() => guardian.close())
  const undo = { ...undoOf('/switches/slow-search'), method: 'PUT' } as const
  refusals = 1
  assert.equal(await guardian.takeBack(undo, 10_000), undefined)
  refusals = Number.POSITIVE_INFINITY
  assert.match((await guardian.takeBack(undo, 100)) ?? '', /status 503/)
  assert.equal(asked.length, 3)
})

test('a guardian that does not get ready in time is ended, and says so', async () => {
  await assert.rejects(startGuardian({ runId, journalPath, scratch, readyWithinMs: 1 }), {
    code: 'GUARDIAN_LOST',
    message: /was not ready within 1 ms/,
  })
  rmSync(scratch, { recursive: true }) // which is the harness's
  await nothingLeft()
})

test('what is no undo is refused at once, as the guardian would not answer', async (context) => {
  const guardian = await startGuardian({ runId, journalPath, scratch })
  context.after(() => guardian.close())
  const undo = { ...undoOf('/x'), method: 'PUT', url: undefined as unknown as string } as const
  await assert.rejects(guardian.hold({ kind: 'switch', switch: 'x', undo }), /not for the guardian/)
})

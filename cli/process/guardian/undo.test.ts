import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { HttpReply, HttpRequest, RequestUndo } from '../../../reports/run/index.ts'
import { undo, undoWithin } from './undo.ts'

const request: RequestUndo = { method: 'POST', url: 'http://docker/containers/x/unpause', does: 'unpause x' }

const undone = async (one: Partial<RequestUndo>, reply: HttpReply): Promise<boolean> =>
  (await undo({ ...request, ...one }, { http: { send: async () => reply }, timeoutMs: 1 })) === undefined

const refused: HttpReply = { status: 500, body: { message: 'Container x is not paused' } }
const down: HttpReply = { status: null, reason: 'connect ECONNREFUSED' }

const CASES: readonly [string, Partial<RequestUndo>, HttpReply, boolean][] = [
  ['what was taken is undone', {}, { status: 204, body: null }, true],
  ['what is as it was asked to be is undone', {}, { status: 304, body: null }, true],
  ['a refusal is none', {}, refused, false],
  ['a refusal that says that nothing is left is undone', { doneIfSaid: 'is not paused' }, refused, true],
  ['another refusal is not', { doneIfSaid: 'is not running' }, refused, false],
  ['no reply is not, whatever it says', { doneIfSaid: 'ECONNREFUSED' }, down, false],
  ['a process of ours that is gone took its faults with it', { goneIsDone: true }, down, true],
  [
    'a service behind a socket that is down did not',
    { goneIsDone: true, socketPath: '/x.sock' },
    down,
    false,
  ],
  [
    'what a service behind a socket no longer knows is undone',
    { goneIsDone: true, socketPath: '/x.sock' },
    { status: 404, body: null },
    true,
  ],
]

for (const [title, one, reply, expected] of CASES)
  test(title, async () => assert.equal(await undone(one, reply), expected))

test('a target that hangs is given longer with each try', async () => {
  const given: unknown[] = []
  const send = async ({ timeoutMs }: HttpRequest): Promise<HttpReply> => {
    given.push(timeoutMs)
    return given.length < 4 ? { status: null, reason: 'no reply' } : { status: 204, body: null }
  }
  const tries = { http: { send }, timeoutMs: 1, longestMs: 4, withinMs: 60_000 }
  assert.equal(await undoWithin(request, tries), undefined)
  assert.deepEqual(given, [1, 2, 4, 4])
})

const folder = mkdtempSync(join(tmpdir(), 'gauntlet-undo-'))
after(() => rmSync(folder, { recursive: true }))
const offsetFile = join(folder, 'offset')

const setRight = () =>
  undo(
    { kind: 'clock', offsetFile, does: 'set it right' },
    { http: { send: async () => down }, timeoutMs: 1 },
  )

for (const offset of ['+3600\n', '-0.5', '+0\n', ''])
  test(`a clock that is off by ${JSON.stringify(offset)} is set right, and may be so twice`, async () => {
    writeFileSync(offsetFile, offset)
    for (const _twice of [1, 2]) assert.equal(await setRight(), undefined)
    assert.equal(readFileSync(offsetFile, 'utf8'), '+0\n')
  })

test('a file that holds no offset is left as it is', async () => {
  writeFileSync(offsetFile, 'root:x:0:0\n')
  assert.match((await setRight()) ?? '', /holds "root:x:0:0\\n", which is no offset/)
  assert.equal(readFileSync(offsetFile, 'utf8'), 'root:x:0:0\n')
})

test('a file that is gone skews nobody, and none is made', async () => {
  rmSync(offsetFile)
  assert.equal(await setRight(), undefined)
  assert.throws(() => readFileSync(offsetFile), /ENOENT/)
})

test('what is sent only after success is not sent when a step before it failed', async () => {
  const sent = async (status: number): Promise<string[]> => {
    const urls: string[] = []
    const send = async ({ url }: { readonly url: string }) => {
      urls.push(url)
      return { status: url.endsWith('unpause') ? status : 204, body: null }
    }
    const last: RequestUndo = { ...request, url: 'http://docker/last', onlyAfterSuccess: true }
    await undo({ kind: 'steps', steps: [request, last], does: 'both' }, { http: { send }, timeoutMs: 1 })
    return urls
  }
  assert.deepEqual(await sent(500), [request.url])
  assert.deepEqual(await sent(204), [request.url, 'http://docker/last'])
})

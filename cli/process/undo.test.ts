import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpReply, RequestUndo } from '../../reports/run/index.ts'
import { undo } from './undo.ts'

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

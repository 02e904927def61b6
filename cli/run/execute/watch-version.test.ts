import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Control, HttpReply, Target } from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { PLAN } from '../../../slo/judge/testing/run.ts'
import { watchVersion } from './watch-version.ts'

const TARGET: Target = { ...PLAN.target, version: '1', addresses: { front: 'http://127.0.0.1:9' } }
const READY = { address: 'front', path: '/health' }

function controlThat(describe: () => Promise<Target>): Control {
  const never = () => assert.fail('not asked for here')
  return { describe, fact: never, send: never, switchRequest: never, runRequest: never, routeRequest: never }
}

/** The version that is seen last of a target without control, whose address gave one reply at first and one at the end. */
async function lastOf(atFirst: HttpReply, atTheEnd: HttpReply): Promise<string | undefined> {
  const replies = [atFirst, atTheEnd]
  const { context } = fakeContext({ reply: () => replies.shift() ?? assert.fail('asked too often') })
  const versionNow = await watchVersion({ target: TARGET, control: undefined, ready: READY }, context)
  return versionNow()
}

const ok = (body: unknown): HttpReply => ({ status: 200, body })

test('control tells the version of the description as it is now, and nothing when it is silent', async () => {
  const { context } = fakeContext()
  const control = controlThat(async () => ({ ...TARGET, version: '2' }))
  assert.equal(await (await watchVersion({ target: TARGET, control, ready: READY }, context))(), '2')
  const silent = controlThat(() => Promise.reject(new Error('connection refused')))
  assert.equal(
    await (await watchVersion({ target: TARGET, control: silent, ready: READY }, context))(),
    undefined,
  )
})

test('without control the ready address tells it, whatever the description calls the same version', async () => {
  assert.equal(await lastOf(ok({ version: 'v7' }), ok({ version: 'v7' })), '1')
  assert.equal(await lastOf(ok({ version: 'v7' }), ok({ version: 'v8' })), 'v8')
})

const SILENT: readonly HttpReply[] = [
  ok('ok'),
  ok(null),
  ok({ version: 8 }),
  ok({ version: '' }),
  { status: 503, body: { version: 'v8' } },
  { status: null, reason: 'connection refused' },
]
test('what tells no version says nothing, at first or at the end', async () => {
  for (const reply of SILENT) {
    assert.equal(await lastOf(reply, ok({ version: 'v8' })), undefined)
    assert.equal(await lastOf(ok({ version: 'v7' }), reply), undefined)
  }
})

test('without control and without an address to ask, nothing is asked', async () => {
  const { context, recorded } = fakeContext()
  for (const ready of [undefined, { ...READY, address: 'back' }])
    assert.equal(
      await (await watchVersion({ target: TARGET, control: undefined, ready }, context))(),
      undefined,
    )
  assert.deepEqual(recorded.requests, [])
})

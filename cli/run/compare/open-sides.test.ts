import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { HttpReply, Target } from '../../../reports/run/index.ts'
import { fakeContext } from '../../../reports/run/testing.ts'
import { identify } from '../../process/identity.ts'
import { RECORDED_PLAN } from '../testing/recorded.ts'
import { openSide } from './open-sides.ts'
import { openingWords, type Side } from './sides.ts'

const scratch = mkdtempSync(join(tmpdir(), 'gauntlet-sides-'))
after(() => rmSync(scratch, { recursive: true }))

const target: Target = {
  ...RECORDED_PLAN.target,
  version: '1',
  processes: [
    { name: 'front', labels: {}, ...identify(process.pid)! },
    { name: 'store', labels: {} },
  ],
  control: { url: 'http://127.0.0.1:1', tokenFile: '/nowhere' },
}
const { schema: _, ...description } = target
const side: Side = {
  ...{ side: 'head', given: 'head.json', path: '/head.json', root: '/' },
  config: { description },
  target,
}

/** The head, whose control gives these answers one after the other. */
async function opened(...answers: readonly HttpReply[]) {
  const left = [...answers]
  const { context } = fakeContext({ reply: () => left.shift()! })
  return openSide(side, { ports: [] }, { ...context, scratch })
}

const told = (version: string): HttpReply => ({ status: 200, body: { ...target, version } })

test('a control that no longer answers after the load is a change, and loses nothing that was measured', async () => {
  const head = await opened(told('1'), { status: null, reason: 'connection refused' })
  assert.deepEqual(await head.changes(), ['the control of the head no longer answers'])
})

test('a head that is another version after the load is a change, and one that is as it was is none', async () => {
  assert.deepEqual(await (await opened(told('1'), told('1'))).changes(), [])
  assert.deepEqual(await (await opened(told('1'), told('2'))).changes(), ['the head was version 1 and is 2'])
})

test('a process that tells no pid is named as left out', async () => {
  const { compared, leftOut } = await opened(told('1'))
  assert.deepEqual(compared.processes, ['front'])
  assert.deepEqual(leftOut, ['CPU time of store of the head, which tells no pid'])
})

test('a build is started, and a target that runs already is reached', () => {
  const start = { command: ['node', 'main.js'] }
  assert.equal(openingWords({ ...side, config: { start } }), `starting the ${side.side}`)
  assert.equal(openingWords(side), `reaching the ${side.side}`)
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { type Target, type TargetProcess, UNKNOWN_TARGET } from '../../../reports/run/index.ts'
import { onLoopback } from '../../../reports/run/testing/loopback.ts'
import { identify } from '../../process/identity.ts'
import { tellsListeners } from '../../process/ports.ts'
import { fixture } from '../../process/testing/place.ts'
import { controlByPorts } from './control-by-ports.ts'

const skip = tellsListeners() ? false : 'this system does not tell who listens on a port'

const server = createServer((_, reply) => reply.end())
const address = await onLoopback(server)
const port = Number(new URL(address).port)
const site: TargetProcess = { name: 'site', labels: { app: 'site' }, port }
const described = (processes: readonly TargetProcess[]): Target => ({
  ...UNKNOWN_TARGET,
  ...{ name: 'shop', addresses: { site: address }, processes: [...processes] },
})
const seen = async (target: Target) => (await controlByPorts(target).describe()).processes

test('who alone listens on its port is the process', { skip }, async () => {
  const me = identify(process.pid)
  assert.deepEqual(await seen(described([site])), [{ ...site, ...me, state: 'ready' }])
})

test('a port on which nobody listens has no process, whatever pid was described', { skip }, async () => {
  const free = { ...site, port: 1 }
  assert.deepEqual(await seen(described([{ ...free, ...identify(process.pid) }])), [
    { ...free, state: 'stopped' },
  ])
})

test('of a target elsewhere whoever listens here on its port is a stranger', { skip }, async () => {
  const elsewhere = { ...described([site]), addresses: { site: `http://staging.test:${port}` } }
  assert.deepEqual(await seen(elsewhere), [site])
})

test('a process without a port stays as it was described', { skip }, async () => {
  const other = { name: 'job', labels: { app: 'job' }, ...identify(process.pid) }
  assert.deepEqual((await seen(described([site, other])))[1], other)
})

test('of several that share a listening socket none is the process: it runs, and nobody tells its pid', {
  skip,
}, async () => {
  // as a server that forks does it: the worker has the socket of its master
  const { _handle: handle } = server as unknown as { readonly _handle: { readonly fd: number } }
  const worker = spawn(process.execPath, [fixture('waits.js')], {
    stdio: ['ignore', 'ignore', 'ignore', handle.fd],
  })
  after(() => worker.kill('SIGKILL'))
  await once(worker, 'spawn')
  assert.deepEqual(await seen(described([site])), [{ ...site, state: 'ready' }])
})

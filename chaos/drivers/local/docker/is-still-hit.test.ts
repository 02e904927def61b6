import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestUndo } from '../../../../reports/run/index.ts'
import { isStillHit } from './is-still-hit.ts'

const ID = 'a5577cedb7a2'
const inspected = (changes: { State?: object; HostConfig?: object; Networks?: object }) => ({
  ...{ Id: ID, Name: '/web', Config: {} },
  State: { Running: true, Paused: false, Pid: 1, StartedAt: 'x', ...changes.State },
  HostConfig: {
    ...{ AutoRemove: false, NanoCpus: 0, CpuPeriod: 0, CpuQuota: 0, Memory: 0, MemorySwap: 0 },
    ...changes.HostConfig,
  },
  NetworkSettings: { Networks: changes.Networks ?? { shop: {} } },
})

const undo = (path: string, body?: object): RequestUndo => ({
  ...{ method: 'POST', url: `http://docker/v1.47${path}`, socketPath: '/x.sock', does: 'x' },
  ...(body === undefined ? {} : { body }),
})
const unpause = undo(`/containers/${ID}/unpause`)
const start = undo(`/containers/${ID}/start`)
const connect = undo('/networks/shop/connect', { Container: ID, EndpointConfig: {} })
const update = undo(`/containers/${ID}/update`, { CpuQuota: -1 })

for (const [title, way, now, expected] of [
  ['a paused one waits for its unpause', unpause, { State: { Paused: true } }, true],
  ['one that goes on does not', unpause, {}, false],
  ['one that ended waits for its start', start, { State: { Running: false } }, true],
  ['one that runs does not', start, {}, false],
  ['one that is not in its network waits to be connected', connect, { Networks: {} }, true],
  ['one that is does not', connect, {}, false],
  ['one with another limit waits for its own', update, { HostConfig: { CpuQuota: 25_000 } }, true],
  ['one with its own does not', update, { HostConfig: { CpuQuota: -1 } }, false],
  ['what is asked of no container is none', undo('/images/prune'), { State: { Paused: true } }, false],
] as const)
  test(title, async () => {
    const urls: string[] = []
    const send = async ({ url }: { readonly url: string }) => {
      urls.push(url)
      return { status: 200, body: inspected(now) }
    }
    assert.equal(await isStillHit(way, { send }), expected)
    for (const url of urls) assert.equal(url, `http://docker/v1.47/containers/${ID}/json`)
  })

test('one that is gone is not hit', async () => {
  const send = async () => ({ status: 404, body: null })
  assert.equal(await isStillHit(unpause, { send }), false)
})

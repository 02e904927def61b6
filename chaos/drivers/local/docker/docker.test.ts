import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpReply } from '../../../../reports/run/index.ts'
import { fakeContext } from '../../../../reports/run/testing.ts'
import { Docker } from './docker.ts'
import { lookForDocker } from './look-for-docker.ts'

const speaks = (ApiVersion: string, MinAPIVersion: string) => (): HttpReply => ({
  ...{ status: 200, body: { ApiVersion, MinAPIVersion } },
})

async function urlAsked(newest: string, oldest: string): Promise<string> {
  const { http } = fakeContext({ reply: speaks(newest, oldest) }).context
  return (await new Docker(undefined, http).asData({ method: 'POST', path: '/x' })).url
}

test('speaks the newest version that both sides know', async () => {
  assert.equal(await urlAsked('1.41', '1.12'), 'http://docker/v1.41/x')
  assert.equal(await urlAsked('1.99', '1.44'), 'http://docker/v1.47/x')
})

test('a Docker that is too new for us is said to be', async () => {
  const { http } = fakeContext({ reply: speaks('1.99', '1.90') }).context
  const { has, lacks } = await lookForDocker(undefined, http)
  assert.deepEqual(has, [])
  assert.match(lacks.docker ?? '', /versions 1\.90 to 1\.99 of its API, and this gauntlet 1\.47/)
})

test('asks the socket of DOCKER_HOST, the usual one without it, and nothing but a Unix socket', async () => {
  for (const [host, socketPath] of [
    ['unix:///tmp/own.sock', '/tmp/own.sock'],
    ['', '/var/run/docker.sock'],
    [undefined, '/var/run/docker.sock'],
  ] as const) {
    const { context, recorded } = fakeContext()
    const { lacks } = await lookForDocker(host, context.http)
    assert.equal(lacks.docker, `no Docker answers at ${socketPath}: connection refused`)
    assert.equal(recorded.requests[0]?.socketPath, socketPath)
  }
  const { context, recorded } = fakeContext()
  const { lacks } = await lookForDocker('tcp://10.0.0.1:2375', context.http)
  assert.match(lacks.docker ?? '', /tcp:\/\/10\.0\.0\.1:2375, which is no Unix socket/)
  assert.deepEqual(recorded.requests, [])
})

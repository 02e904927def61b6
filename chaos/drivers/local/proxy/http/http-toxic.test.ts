import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stage } from '../toxic.ts'
import { http } from './http-toxic.ts'
import { type FakeWire, fakeWire } from './testing/fake-wire.ts'

const GET = 'GET / HTTP/1.1\r\n\r\n'
const POST = 'POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n'
const PATCH = { patch: { body: { type: 'JSON', value: '{}' } } }

function scene(attributes: object): FakeWire & { stage: Stage; says(text: string): void } {
  const fake = fakeWire()
  const stage = http.configure(attributes).open(fake.wire)
  assert.ok(stage)
  return { ...fake, stage, says: (text) => stage.send(Buffer.from(text, 'latin1')) }
}

test('each delayed message waits its time behind the one before it, and the end behind both', () => {
  const { says, stage, pass, toServer } = scene({ delay: '1s' })
  says(GET + GET)
  stage.end()
  assert.deepEqual(toServer, [])
  pass(1000)
  assert.deepEqual(toServer, [GET])
  pass(1000)
  assert.deepEqual(toServer, [GET, GET, '<end>'])
})

test('answers are not held by what is held of the requests', () => {
  const { says, stage, toClient } = scene({ delay: '1s' })
  says(GET)
  stage.opposite?.send(Buffer.from('HTTP/1.1 204 Done\r\n\r\n'))
  assert.deepEqual(toClient, ['HTTP/1.1 204 Done\r\n\r\n'])
})

test('the source is not read while more than 256 KiB wait, and again once they went on', () => {
  const { says, stage, pass, drainedCount } = scene({ delay: '1s' })
  says(`${POST.replace('4', String(300 * 1024))}${'x'.repeat(300 * 1024)}`)
  assert.ok(stage.isFull)
  pass(1000)
  assert.ok(!stage.isFull)
  assert.equal(drainedCount(), 1)
})

test('a message that was taken in only half goes on as it came when the toxic is taken back, behind what waits', () => {
  const { says, stage, toServer } = scene({ method: 'POST', delay: '1s', ...PATCH })
  says(`${POST}{  }${POST}{`)
  assert.deepEqual(toServer, [])
  stage.release()
  assert.deepEqual(toServer, ['POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}', `${POST}{`])
})

test('the beginning of a head goes on before the end of its connection', () => {
  const { says, stage, toServer } = scene({ abort: true, path: '/never' })
  says(`${GET}GET /ha`)
  stage.end()
  assert.equal(toServer.join(''), `${GET}GET /ha<end>`)
})

test('what comes first may be the rest of something, so it is not held', () => {
  const { says, toServer } = scene({ abort: true, path: '/never' })
  says('GET /ha')
  assert.deepEqual(toServer, ['GET /ha'])
})

test('a toxic on the other stream treats the same messages', () => {
  const fake = fakeWire()
  const { wire, toServer, toClient } = fake
  const turned = { ...wire, ...wire.opposite, opposite: wire, stream: 'downstream' } as const
  const stage = http.configure({ replace: { path: '/b' } }).open(turned)
  stage?.opposite?.send(Buffer.from(GET))
  stage?.send(Buffer.from('HTTP/1.1 204 Done\r\n\r\n'))
  assert.deepEqual([toServer, toClient], [['GET /b HTTP/1.1\r\n\r\n'], ['HTTP/1.1 204 Done\r\n\r\n']])
})

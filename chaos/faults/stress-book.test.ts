import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpReply, HttpRequest } from '../../reports/run/index.ts'
import { fakeContext } from '../../reports/run/testing.ts'
import { StressBook, together } from './stress-book.ts'

function book(status: (request: HttpRequest) => number) {
  const { context, recorded } = fakeContext({
    reply: (request): HttpReply => ({ status: status(request), body: {} }),
  })
  const carriers = { carrier: async () => 'http://127.0.0.1:1' }
  return {
    book: new StressBook(carriers, context.http),
    bodies: () => recorded.requests.map(({ body }) => body),
  }
}

const cpu = (workers: number, loadPercent: number) => ({ cpu: { workers, loadPercent } })

test('as many cores are kept busy as two faults want together', () =>
  assert.deepEqual(together([cpu(1, 90), cpu(2, 30)]), cpu(3, 50)))

test('nothing wanted is an empty state', () => assert.deepEqual(together([]), {}))

test('a fault that goes leaves what another one wants', async () => {
  const { book: of, bodies } = book(() => 200)
  await of.want('a', { memory: { bytes: 3 } })
  await of.want('b', { memory: { bytes: 4 }, descriptors: { count: 5 } })
  const taken: unknown[] = []
  await of.settle('a', async (undo) => void taken.push('body' in undo && undo.body))
  assert.deepEqual(bodies(), [{ memory: { bytes: 3 } }, { memory: { bytes: 7 }, descriptors: { count: 5 } }])
  assert.deepEqual(taken, [{ memory: { bytes: 4 }, descriptors: { count: 5 } }])
})

test('a fault that is refused does not take away what another one wants', async () => {
  const { book: of, bodies } = book(({ body }) => (JSON.stringify(body).includes('disk') ? 409 : 200))
  await of.want('a', { memory: { bytes: 3 } })
  const refused = await of.want('b', { disk: { folder: '/a', bytes: 9 } })
  assert.match(refused ?? '', /status 409/)
  assert.deepEqual(bodies().at(-1), { memory: { bytes: 3 } })
})

test('two folders are not filled at once', async () => {
  const { book: of } = book(() => 200)
  await of.want('a', { disk: { folder: '/a', bytes: 9 } })
  assert.match((await of.want('b', { disk: { folder: '/b', bytes: 9 } })) ?? '', /\/a and \/b/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  controlOf,
  type HttpReply,
  type HttpRequest,
  type Target,
  type Undo,
} from '../../reports/run/index.ts'
import { fakeContext } from '../../reports/run/testing.ts'
import { NameBook } from './name-book.ts'

const STRAIGHT = '127.0.0.1:53'
const RESOLVER = '127.0.0.1:5300'
const fail = (name: string) => ({ action: 'error' as const, patterns: [name] })

/** A target with two links to name servers, and the resolver, as they answer over HTTP. */
function world() {
  const rules: object[] = []
  let isMute = false
  const links = ['web→dns', 'jobs→dns'].map((name) => {
    const from = name.split('→')[0]!
    return { name, from, to: 'dns', listen: STRAIGHT, upstream: STRAIGHT }
  })
  const target: Target = {
    ...{ schema: 'gauntlet/target/1', name: 'shop', version: '1', addresses: {} },
    ...{ processes: [], links, switches: [], facts: [], logs: [] },
    control: { url: 'http://127.0.0.1:1', tokenFile: '/token' },
  }
  const ofResolver = (method: string, body: { rules?: object[] } = {}): HttpReply => {
    if (isMute) return { status: null, reason: 'no answer within 5 s' }
    if (method === 'PUT') rules.splice(0, rules.length, ...(body.rules ?? []))
    const seen = rules.map((rule) => ({ ...rule, asked: 0, failed: 0 }))
    return { status: 200, body: { listen: RESOLVER, rules: seen, forwarded: 0 } }
  }
  const reply = ({ url, method = 'GET', body }: HttpRequest): HttpReply => {
    if (url.endsWith('/resolver')) return ofResolver(method, body as object)
    const link = links.find(({ name }) => url.endsWith(`/links/${encodeURIComponent(name)}`))
    if (link === undefined) return { status: 200, body: target }
    link.listen = (body as { via: string | null }).via ?? STRAIGHT
    return { status: 200, body: {} }
  }
  const { http } = fakeContext({ reply }).context
  const book = new NameBook(controlOf(target, http)!, { carrier: async () => 'http://127.0.0.1:2' }, http)
  const takeBack = async (undo: Undo): Promise<undefined> => {
    for (const step of undo.kind === 'steps' ? undo.steps : [undo]) if ('url' in step) await http.send(step)
  }
  const [web, jobs] = [{ ...links[0]! }, { ...links[1]! }]
  const listens = () => links.map(({ listen }) => listen)
  const fallSilent = () => {
    isMute = true
  }
  return { book, takeBack, web, jobs, listens, rules, fallSilent }
}

test('the first fault leads its link to the resolver, and the last to go leads it straight', async () => {
  const { book, takeBack, web, listens } = world()
  await book.add('a', fail('orders'), web)
  await book.add('b', fail('pay'), web)
  await book.settle('a', web, takeBack)
  assert.deepEqual([listens()[0], await book.left(web)], [RESOLVER, undefined])
  await book.settle('b', web, takeBack)
  assert.deepEqual([listens()[0], await book.left(web)], [STRAIGHT, undefined])
})

test('a second link is refused while another leads to the resolver, and neither is left behind', async () => {
  const { book, takeBack, web, jobs, listens, rules } = world()
  await book.add('a', fail('orders'), web)
  assert.match((await book.add('b', fail('pay'), jobs)) ?? '', /web→dns leads to the resolver already/)
  assert.deepEqual([listens(), rules], [[RESOLVER, STRAIGHT], [fail('orders')]])
  await book.settle('a', web, takeBack)
  assert.deepEqual([listens(), await book.left(web)], [[STRAIGHT, STRAIGHT], undefined])
  await book.settle('b', jobs, takeBack)
  assert.deepEqual([await book.left(jobs), rules], [undefined, []])
})

test('what is refused takes nothing of others with it', async () => {
  const { book, takeBack, web, jobs, listens, rules } = world()
  await book.add('a', fail('orders'), web)
  await book.add('b', fail('pay'), jobs)
  await book.settle('b', jobs, takeBack)
  assert.deepEqual([listens(), rules], [[RESOLVER, STRAIGHT], [fail('orders')]])
})

test('a link goes straight again though another one was led before it', async () => {
  const { book, takeBack, web, jobs, listens } = world()
  await book.add('a', fail('orders'), web)
  await book.settle('a', web, takeBack)
  await book.add('b', fail('pay'), jobs)
  assert.match((await book.left(web)) ?? 'gone', /gone/)
  await book.settle('b', jobs, takeBack)
  assert.deepEqual([listens(), await book.left(jobs)], [[STRAIGHT, STRAIGHT], undefined])
})

test('a resolver that does not answer proves nothing gone', async () => {
  const { book, takeBack, web, fallSilent } = world()
  await book.add('a', fail('orders'), web)
  await book.settle('a', web, takeBack)
  fallSilent()
  assert.match((await book.left(web)) ?? '', /does not tell its rules: no answer/)
})

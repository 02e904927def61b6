import assert from 'node:assert/strict'
import { test } from 'node:test'
import { through } from './testing/through.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const TABLE: readonly (readonly [does: string, request: string, rule: object, rewritten: string])[] = [
  ['replaces the path and keeps the query', 'GET /a?b=c', { replace: { path: '/d' } }, 'GET /d?b=c'],
  ['takes an empty path for /', 'GET /a', { replace: { path: '' } }, 'GET /'],
  [
    'replaces the path behind a host',
    'GET http://h:1/a?b',
    { replace: { path: '/d' } },
    'GET http://h:1/d?b',
  ],
  ['replaces the method', 'GET /a', { replace: { method: 'DELETE' } }, 'DELETE /a'],
  [
    'replaces one parameter, the others stay',
    'GET /?a=1&b=2',
    { replace: { queries: { a: '9' } } },
    'GET /?a=9&b=2',
  ],
  [
    'replaces each of the same name by one',
    'GET /?a=1&b=2&a=3',
    { replace: { queries: { a: '9' } } },
    'GET /?a=9&b=2',
  ],
  ['adds a parameter that was not there', 'GET /', { replace: { queries: { 'a b': '&' } } }, 'GET /?a+b=%26'],
  [
    'appends parameters as often as they are given',
    'GET /?a=1',
    {
      patch: {
        queries: [
          ['a', '2'],
          ['a', '3'],
        ],
      },
    },
    'GET /?a=1&a=2&a=3',
  ],
  [
    'keeps the query as it was written',
    'GET /?b=%7e+c',
    { patch: { queries: [['a', '2']] } },
    'GET /?b=%7e+c&a=2',
  ],
  [
    'replaces all headers of a name by one',
    'GET /\r\nx-a: 1\r\nB: 2\r\nX-A: 3',
    { replace: { headers: { 'X-a': '9' } } },
    'GET /\r\nB: 2\r\nX-a: 9',
  ],
  [
    'appends headers as often as they are given',
    'GET /\r\nA: 1',
    {
      patch: {
        headers: [
          ['A', '2'],
          ['A', '3'],
        ],
      },
    },
    'GET /\r\nA: 1\r\nA: 2\r\nA: 3',
  ],
  [
    'gives a body to a request without one',
    'GET /',
    { replace: { body: base64('new') } },
    'GET /\r\nContent-Length: 3\r\n\r\nnew',
  ],
  [
    'takes a body away',
    'POST /\r\nContent-Length: 3\r\n\r\nold',
    { replace: { body: '' } },
    'POST /\r\nContent-Length: 0',
  ],
  [
    'patches the body that it put in its place',
    'POST /',
    { replace: { body: base64('{"a":1}') }, patch: { body: { type: 'JSON', value: '{"a":2}' } } },
    'POST /\r\nContent-Length: 7\r\n\r\n{"a":2}',
  ],
  [
    'counts bytes, not characters',
    'POST /\r\nContent-Length: 2\r\n\r\n{}',
    { patch: { body: { type: 'JSON', value: '{"a":"ü"}' } } },
    'POST /\r\nContent-Length: 10\r\n\r\n{"a":"\xc3\xbc"}',
  ],
]

/** Written without the version, and without the empty line where there is no body. */
function message(short: string): string {
  const [head = '', body = ''] = short.split('\r\n\r\n')
  return `${head.replace(/^\S+ \S+/, '$& HTTP/1.1')}\r\n\r\n${body}`
}

for (const [does, request, rule, rewritten] of TABLE)
  test(`${does}: ${JSON.stringify(request)}`, () => {
    const { toServer, counts } = through({ target: 'Request', ...rule }, { fromClient: [message(request)] })
    assert.equal(toServer, message(rewritten))
    assert.equal(counts.applied, 1)
  })

test('the delay comes before what it delays, and each message has its own', () => {
  const rule = { target: 'Request', delay: '1s', replace: { path: '/b' } }
  const { holds, toServer } = through(rule, { fromClient: [message('GET /a').repeat(2)] })
  assert.deepEqual([holds, toServer], [[1000, 1000], message('GET /b').repeat(2)])
})

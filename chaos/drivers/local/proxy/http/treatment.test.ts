import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cut, type Flow, through } from './testing/through.ts'

describe('a body that should be rewritten', () => {
  const rule = { target: 'Request', patch: { body: { type: 'JSON', value: '{"b":2}' } } }
  const post = (head: string, body: string): string => `POST / HTTP/1.1\r\n${head}\r\n${body}`

  it('is held until it is whole, its head with it', () => {
    const chunks = [post('Content-Length: 7\r\n', '{"a"')]
    assert.equal(through(rule, { fromClient: chunks, ends: false }).toServer, '')
    const { toServer } = through(rule, { fromClient: [...chunks, ':1}'] })
    assert.equal(toServer, post('Content-Length: 13\r\n', '{"a":1,"b":2}'))
  })

  it('loses its chunks and their trailers for a length', () => {
    const head = 'Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n'
    const { toServer } = through(rule, {
      fromClient: [post(head, '2\r\n{"\r\n5\r\na":1}\r\n0\r\nX-Sum: 1\r\n\r\n')],
    })
    assert.equal(toServer, post('X-A: b\r\nContent-Length: 13\r\n', '{"a":1,"b":2}'))
  })

  it('may end with the connection', () => {
    const { toClient } = through(
      { ...rule, target: 'Response' },
      { fromClient: ['GET / HTTP/1.1\r\n\r\n'], fromServer: ['HTTP/1.1 200 OK\r\n\r\n{', '}'] },
    )
    assert.equal(toClient, 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"b":2}')
  })

  it('resets the connection when it is larger than 1 MiB, and nothing of it has passed', () => {
    const body = `"${'x'.repeat(1024 * 1024)}"`
    const all = through(rule, {
      fromClient: cut(post(`Content-Length: ${body.length}\r\n`, body), [0.1, 0.5]),
    })
    assert.deepEqual([all.isReset, all.toServer, all.counts.tooLarge, all.counts.applied], [true, '', 1, 0])
  })

  const STAYS: readonly (readonly [string, string])[] = [
    ['compressed', post('Content-Encoding: gzip\r\nContent-Length: 2\r\n', '{}')],
    ['not-json', post('Content-Length: 2\r\n', '{,')],
    ['not-json', post('Content-Length: 3\r\n', '"\xff"')],
    ['no-body', post('', '')],
    ['expects-continue', post('Expect: 100-continue\r\nContent-Length: 2\r\n', '{}')],
    ['tunnel', 'CONNECT a:1 HTTP/1.1\r\n\r\n'],
    ['cut-short', post('Content-Length: 9\r\n', '{}')],
    ['cut-short', post('Transfer-Encoding: chunked\r\n', '2\r\n{}\r\nx\r\n')],
  ]
  for (const [reason, text] of STAYS)
    it(`passes as it came, counted as ${reason}: ${JSON.stringify(text.slice(17))}`, () => {
      const { toServer, counts } = through(rule, { fromClient: [text] })
      assert.equal(toServer, text)
      assert.deepEqual(
        Object.entries(counts.notApplied).filter(([, count]) => count > 0),
        [[reason, 1]],
      )
      assert.equal(counts.applied, 0)
    })
})

it('a HEAD keeps its method, and is counted as head', () => {
  const head = 'HEAD / HTTP/1.1\r\n\r\n'
  const { toServer, counts } = through({ replace: { method: 'GET' } }, { fromClient: [head] })
  assert.deepEqual([toServer, counts.notApplied.head], [head, 1])
})

describe('an answer', () => {
  const GET = 'GET /a?b HTTP/1.1\r\nX-A: b\r\n\r\n'
  const HEAD = 'HEAD /a HTTP/1.1\r\n\r\n'
  const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'
  const answered = (rule: object, request: string, answer: string): Flow =>
    through({ target: 'Response', ...rule }, { fromClient: [request], fromServer: [answer] })

  it('is matched by what its request said', () => {
    const rule = { path: '/a', method: 'GET', request_headers: { 'x-a': 'b' }, replace: { code: 503 } }
    assert.match(answered(rule, GET, `${OK}ab`).toClient, /^HTTP\/1.1 503 Service Unavailable\r\n/)
    assert.equal(answered(rule, HEAD, OK).toClient, OK)
  })

  it('loses its body with a code that has none, and gains an empty one with a code that has', () => {
    assert.equal(
      answered({ replace: { code: 204 } }, GET, `${OK}ab`).toClient,
      'HTTP/1.1 204 No Content\r\n\r\n',
    )
    assert.equal(answered({ replace: { code: 204 } }, HEAD, OK).toClient, 'HTTP/1.1 204 No Content\r\n\r\n')
    assert.equal(
      answered({ replace: { code: 200 } }, GET, 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n')
        .toClient,
      'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    )
  })

  it('to a HEAD keeps its length and gets no body', () => {
    assert.equal(
      answered({ replace: { code: 404 } }, HEAD, OK).toClient,
      OK.replace('200 OK', '404 Not Found'),
    )
    const replaced = answered({ replace: { body: 'bmV3' } }, HEAD, OK)
    assert.deepEqual([replaced.toClient, replaced.counts.notApplied['no-body']], [OK, 1])
  })

  it('that only precedes another is passed over', () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\n'
    const { toClient, counts } = answered({ delay: '9ms' }, GET, `${interim}${OK}ab`)
    assert.deepEqual([toClient, counts.messages, counts.matched], [`${interim}${OK}ab`, 1, 1])
  })

  it('that grants an upgrade keeps its code, and all after it passes', () => {
    const granted = 'HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x01aHTTP/1.1 200 OK\r\n\r\n'
    const { toClient, counts } = answered({ replace: { code: 503 } }, GET, granted)
    assert.deepEqual([toClient, counts.notApplied.tunnel, counts.messages], [granted, 1, 1])
  })

  it('without its old coding takes a new body', () => {
    const zipped = 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nzz'
    const { toClient } = answered({ replace: { body: 'bmV3' } }, GET, zipped)
    assert.equal(toClient, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew')
  })
})

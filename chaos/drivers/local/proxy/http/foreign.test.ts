import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cut, through } from './testing/through.ts'

const ABORT = { target: 'Request', path: '/evil', abort: true }
const EVIL = 'GET /evil HTTP/1.1\r\nHost: x\r\n\r\n'
const POST = 'POST / HTTP/1.1\r\nHost: x\r\n'

/** What two readers could take for two things, or no reader for HTTP/1. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['two lengths', `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
  ['the same length twice', `${POST}Content-Length: 1\r\nContent-Length: 1\r\n\r\na`],
  ['lengths in a list', `${POST}Content-Length: 1, 1\r\n\r\na`],
  ['a length with a sign', `${POST}Content-Length: +1\r\n\r\na`],
  ['a length and chunks', `${POST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`],
  ['a coding that is not chunked', `${POST}Transfer-Encoding: identity\r\n\r\n`],
  ['chunked named with something before it', `${POST}Transfer-Encoding: xchunked\r\n\r\n`],
  ['chunked twice', `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a folded header', `${POST}X-A: b\r\n c\r\n\r\n`],
  ['a space before the colon', `${POST}Transfer-Encoding : chunked\r\n\r\n`],
  ['a header without a colon', `${POST}X-A\r\n\r\n`],
  ['a NUL in a value', `${POST}X-A: \0\r\n\r\n`],
  ['a lonely CR in a value', `${POST}X-A: b\rc\r\n\r\n`],
  ['a bare LF after a header', `${POST}X-A: b\n\r\n`],
  ['a bare LF after the first line', 'GET / HTTP/1.1\nHost: x\n\n'],
  ['two spaces in the first line', 'GET  / HTTP/1.1\r\n\r\n'],
  ['no version', 'GET /\r\n'],
  ['HTTP/2 with prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00'],
  ['a Redis command', '*1\r\n$4\r\nPING\r\n'],
  ['a Redis command in a line', 'PING\r\n'],
  ['the start of PostgreSQL', '\0\0\0\x08\x04\xd2\x16\x2f'],
  ['a head that is too long', `${POST}X-A: ${'a'.repeat(65 * 1024)}\r\n\r\n`],
  ['a first line that is too long', `GET /${'a'.repeat(65 * 1024)}`],
  ['a chunk size that is none', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ['a chunk size beyond all numbers', `${POST}Transfer-Encoding: chunked\r\n\r\n${'f'.repeat(17)}\r\n`],
  ['a chunk longer than its size', `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n`],
  [
    'a chunk extension without end',
    `${POST}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(9000)}\r\nb\r\n0\r\n\r\n`,
  ],
  [
    'trailers without end',
    `${POST}Transfer-Encoding: chunked\r\n\r\n0\r\n${`A: ${'b'.repeat(8000)}\r\n`.repeat(9)}\r\n`,
  ],
  ['a TLS hello behind a request in pieces', `GET /${'a'.repeat(50)} HTTP/1.1\r\n\r\n\x16\x03\x01`],
  ['a bare LF after a chunk size', `${POST}Transfer-Encoding: chunked\r\n\r\n11\na\r\n0\r\n\r\n`],
]

describe('what is not HTTP/1, or may be read in two ways', () => {
  for (const [name, text] of FOREIGN)
    it(`passes untouched at once, with all that follows: ${name}`, () => {
      for (const shares of [[], Array.from({ length: 99 }, (_, at) => at / 99)]) {
        const pieces = cut(text, shares)
        assert.equal(through(ABORT, { fromClient: pieces, ends: false }).toServer, text)
        const { toServer, isReset, counts } = through(ABORT, { fromClient: [...pieces, EVIL], ends: false })
        assert.equal(toServer, text + EVIL)
        assert.deepEqual([isReset, counts.untouched], [false, 1])
      }
    })

  it('is not what the same rule resets when it can be read', () =>
    assert.ok(through(ABORT, { fromClient: [`${POST}\r\n`, EVIL], ends: false }).isReset))

  it('is not an empty line before a request, nor many long heads one after the other', () => {
    const long = `GET / HTTP/1.1\r\nX-A: ${'a'.repeat(30 * 1024)}\r\n\r\n`
    const { counts, toServer } = through(
      { path: '/', delay: '1ms' },
      { fromClient: [`\r\n${long}\r\n`, long.repeat(3)] },
    )
    assert.equal(toServer, `\r\n${long}\r\n${long.repeat(3)}`)
    assert.deepEqual([counts.applied, counts.untouched], [4, 0])
  })

  it('is what flows in a tunnel that was opened, both ways', () => {
    const opened = 'HTTP/1.1 200 OK\r\n\r\n'
    const sent = cut(`${opened}HTTP/1.1 503 Broken\r\n\r\n`, [0.1, 0.5])
    const rule = { target: 'Response', replace: { headers: { 'X-A': 'b' } } }
    const { toClient, counts } = through(rule, {
      fromClient: ['CONNECT a:1 HTTP/1.1\r\n\r\n'],
      fromServer: sent,
    })
    assert.equal(toClient, 'HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nHTTP/1.1 503 Broken\r\n\r\n')
    assert.deepEqual([counts.messages, counts.untouched], [1, 1])
  })

  it('is what the client says once an upgrade is granted', () => {
    const { toServer, isReset } = through(ABORT, {
      fromClient: ['GET / HTTP/1.1\r\nUpgrade: echo\r\n\r\n'],
      fromServer: ['HTTP/1.1 101 Switching Protocols\r\n\r\n'],
      fromClientThen: [EVIL],
      ends: false,
    })
    assert.deepEqual([isReset, toServer.endsWith(EVIL)], [false, true])
  })

  it('is what follows the request that is under way when its answer cannot be read', () => {
    const { toServer, isReset } = through(ABORT, {
      fromClient: [`${POST}Content-Length: 4\r\n\r\nab`],
      fromServer: ['nonsense\r\n'],
      fromClientThen: ['cd', EVIL],
    })
    assert.deepEqual([isReset, toServer.endsWith(`abcd${EVIL}`)], [false, true])
  })

  it('is a head of which the beginning was held: that goes on at once', () => {
    const { toServer } = through(ABORT, {
      fromClient: ['GET / HTTP/1.1\r\n\r\n', 'GET /held'],
      fromServer: ['nonsense\r\n'],
      ends: false,
    })
    assert.ok(toServer.endsWith('GET /held'))
  })

  it('is an answer that nobody asked for: the requests after it pass untouched too', () => {
    const all = through(ABORT, { fromClient: [], fromServer: ['HTTP/1.1 408 Late\r\n\r\n'], ends: false })
    assert.equal(all.toClient, 'HTTP/1.1 408 Late\r\n\r\n')
    assert.equal(all.counts.untouched, 1)
  })

  it('is an answer with two lengths, while the answers before it were still treated', () => {
    const good = 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na'
    const bad = 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na'
    const rule = { target: 'Response', replace: { code: 500 } }
    const { toClient, counts } = through(rule, {
      fromClient: ['GET / HTTP/1.1\r\n\r\n'.repeat(3)],
      fromServer: [good + bad + good],
    })
    assert.equal(toClient, good.replace('200 OK', '500 Internal Server Error') + bad + good)
    assert.deepEqual([counts.applied, counts.untouched], [1, 1])
  })

  it('is more than 1,024 requests without an answer', () => {
    const one = 'GET / HTTP/1.1\r\n\r\n'
    const { toServer, counts } = through(ABORT, { fromClient: [one.repeat(1025), EVIL], ends: false })
    assert.equal(toServer, one.repeat(1025) + EVIL)
    assert.deepEqual([counts.messages, counts.untouched], [1024, 1])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { cuts, type Exchange, exchanges } from './testing/messages.ts'
import { cut, type Flow, through } from './testing/through.ts'

const requestsOf = (all: readonly Exchange[]): string => all.map(({ request }) => request).join('')
const responsesOf = (all: readonly Exchange[]): string => all.map(({ response }) => response).join('')

/** The exchanges through one rule, whole or cut into pieces. */
function flow(rule: object, all: readonly Exchange[], shares: readonly number[] = []): Flow {
  return through(rule, {
    fromClient: cut(requestsOf(all), shares),
    fromServer: cut(responsesOf(all), shares),
  })
}

const NEVER = [
  { target: 'Request', path: '/NEVER', abort: true },
  { target: 'Response', code: 599, abort: true },
]
const patch = { headers: [['X-P', 'p']], body: { type: 'JSON', value: '{"a":null,"c":3}' } }
const RULES = [
  ...NEVER,
  { target: 'Request', replace: { path: '/new', headers: { 'X-A': 'z' } } },
  { target: 'Request', method: 'POST', delay: '5ms', patch },
  { target: 'Request', replace: { body: 'bmV3' } },
  { target: 'Response', patch },
  { target: 'Response', delay: '7ms' },
  { target: 'Response', code: 200, replace: { code: 204 } },
  { target: 'Response', replace: { code: 200, body: 'bmV3' } },
  { target: 'Response', code: 503, abort: true },
]

describe('messages of which none matches', () => {
  for (const rule of NEVER)
    it(`pass byte for byte and are each counted, ${rule.target}`, () =>
      fc.assert(
        fc.property(exchanges, cuts, (all, shares) => {
          const { toServer, toClient, counts } = flow(rule, all, shares)
          assert.equal(toServer, requestsOf(all))
          assert.equal(toClient, responsesOf(all))
          assert.deepEqual([counts.messages, counts.untouched], [all.length, 0])
        }),
      ))
})

describe('the same bytes in other pieces', () => {
  for (const rule of RULES)
    it(`come out the same and are counted the same: ${JSON.stringify(rule)}`, () =>
      fc.assert(
        fc.property(exchanges, cuts, (all, shares) =>
          assert.deepEqual(flow(rule, all, shares), flow(rule, all)),
        ),
      ))

  it('come out the same when they are any bytes at all, and nothing stays behind', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), cuts, (text, shares) => {
        const { toServer } = through(NEVER[0]!, { fromClient: cut(text, shares) })
        assert.equal(toServer, text)
      }),
    ))

  it('come out the same when one byte of a message is another, and nothing stays behind', () =>
    fc.assert(
      fc.property(exchanges, cuts, fc.nat(), fc.nat(255), (all, shares, where, byte) => {
        const text = requestsOf(all)
        const at = where % text.length
        const spoilt = text.slice(0, at) + String.fromCharCode(byte) + text.slice(at + 1)
        assert.equal(through(NEVER[0]!, { fromClient: cut(spoilt, shares) }).toServer, spoilt)
      }),
    ))
})

describe('a message that was rewritten', () => {
  it('leaves its neighbours as they were and the connection in step', () =>
    fc.assert(
      fc.property(exchanges, (all) => {
        const rule = { target: 'Response', replace: { code: 418, body: 'bmV3' } }
        const first = flow(rule, all).toClient
        // Read again by the same rules, as many answers are found as there were.
        const again = through(
          { target: 'Response', code: 418, patch: { headers: [] } },
          {
            fromClient: [requestsOf(all)],
            fromServer: [first],
          },
        )
        assert.equal(again.counts.messages, all.length)
        assert.equal(again.counts.untouched, 0)
      }),
    ))
})

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

describe('on a connection that was open before', () => {
  const rule = { target: 'Response', replace: { code: 500 } }
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
  const get = 'GET / HTTP/1.1\r\n\r\n'

  it('the rest of an answer passes, and the next request is read', () => {
    const tail = ['rest of an answer']
    assert.equal(through(rule, { fromClient: [], fromServer: tail, isUnderWay: true }).toClient, tail[0])
    assert.match(through(rule, { fromClient: [get], fromServer: [ok], isUnderWay: true }).toClient, /500/)
  })

  it('what looks like a request within the rest of a body is none', () => {
    const all = through(ABORT, { fromClient: ['rest of a body', EVIL], isUnderWay: true })
    assert.deepEqual([all.isReset, all.toServer], [false, `rest of a body${EVIL}`])
  })

  it('the beginning of a line is not held, as nothing says that it is one', () => {
    const all = through(rule, { fromClient: ['GET /'], isUnderWay: true, ends: false })
    assert.equal(all.toServer, 'GET /')
  })
})

describe('the share of a rule', () => {
  it('hits those of the matching messages on which the lot falls, and counts the others', () => {
    const lots = [0.1, 0.9, 0.2, 0.5]
    const { toServer, counts } = through(
      { target: 'Request', path: '/a', share: 0.5, replace: { path: '/b' } },
      {
        fromClient: ['GET /c HTTP/1.1\r\n\r\n', 'GET /a HTTP/1.1\r\n\r\n'.repeat(4)],
        random: () => lots.shift() ?? 1,
      },
    )
    assert.deepEqual(toServer.match(/\/[abc]/g), ['/c', '/b', '/a', '/b', '/a'])
    assert.deepEqual([counts.messages, counts.matched, counts.applied, counts.spared], [5, 4, 2, 2])
  })
})

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

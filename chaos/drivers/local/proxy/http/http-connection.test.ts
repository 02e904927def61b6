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

  it('the request after an answer is one again', () => {
    const all = through(ABORT, {
      ...{ fromClient: ['rest of a body'], fromServer: [ok], fromClientThen: [EVIL] },
      isUnderWay: true,
    })
    assert.deepEqual([all.isReset, all.toServer, all.toClient], [true, 'rest of a body', ok])
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

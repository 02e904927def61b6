import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { http } from './http-toxic.ts'
import { through } from './testing/through.ts'

const REQUEST = 'GET /orders/7?all=1 HTTP/1.1\r\nHost: x\r\nX-A: one\r\nx-a: two\r\n\r\n'
const ANSWER = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nX-B: b\r\n\r\n'

const REQUESTS: readonly (readonly [why: string, selector: object, matches: boolean])[] = [
  ['nothing is asked for', {}, true],
  ['the path fits', { path: '/orders/*' }, true],
  ['the path is without the query', { path: '/orders/7' }, true],
  ['the query is no part of the path', { path: '*all=1' }, false],
  ['the method is the same', { method: 'GET' }, true],
  ['the method is another', { method: 'POST' }, false],
  ['one of two headers of the name has the value', { request_headers: { 'X-a': 'two' } }, true],
  ['the value is only a part', { request_headers: { 'X-A': 'tw' } }, false],
  ['one of two wanted headers is missing', { request_headers: { 'X-A': 'one', 'X-C': 'c' } }, false],
  ['all that is asked for holds but the method', { path: '*', method: 'PUT' }, false],
]

const ANSWERS: readonly (readonly [why: string, selector: object, matches: boolean])[] = [
  ['nothing is asked for', {}, true],
  ['the code is the same', { code: 404 }, true],
  ['the code is another', { code: 400 }, false],
  ['it has the header', { response_headers: { 'x-b': 'b' } }, true],
  ['the header is of the request', { response_headers: { 'x-a': 'one' } }, false],
  ['the request had the header', { request_headers: { 'x-a': 'one' } }, true],
  ['the path of the request fits, but not the code', { path: '/orders/*', code: 200 }, false],
]

const matched = (rule: object): number =>
  through({ ...rule, delay: '1ms' }, { fromClient: [REQUEST], fromServer: [ANSWER] }).counts.matched

for (const [why, selector, matches] of REQUESTS)
  it(`a request ${matches ? 'matches' : 'does not match'}: ${why}`, () =>
    assert.equal(matched({ target: 'Request', ...selector }), matches ? 1 : 0))

for (const [why, selector, matches] of ANSWERS)
  it(`an answer ${matches ? 'matches' : 'does not match'}: ${why}`, () =>
    assert.equal(matched({ target: 'Response', ...selector }), matches ? 1 : 0))

const REFUSED: readonly (readonly [attributes: object, says: RegExp])[] = [
  [{}, /nothing would happen/],
  [{ target: 'Answer', abort: true }, /target/],
  [{ target: 'Request', code: 200, abort: true }, /code, which no Request has/],
  [{ target: 'Request', replace: { code: 500 } }, /replace\.code, which no Request has/],
  [{ target: 'Response', replace: { path: '/a' } }, /replace\.path, which no Response has/],
  [{ target: 'Response', patch: { queries: [['a', 'b']] } }, /patch\.queries, which no Response has/],
  [{ target: 'Request', replace: { method: 'HEAD' } }, /replace\/method/],
  [{ target: 'Request', replace: { path: '/a b' } }, /replace\/path/],
  [{ target: 'Request', replace: { headers: { 'X-A': 'b\r\nX-C: d' } } }, /headers/],
  [{ target: 'Request', patch: { headers: [['X A', 'b']] } }, /headers/],
  [{ target: 'Request', replace: { headers: { 'content-Length': '3' } } }, /content-Length/],
  [{ target: 'Request', replace: { body: 'no base64!' } }, /body/],
  [{ target: 'Request', patch: { body: { type: 'XML', value: '' } } }, /body/],
  [{ target: 'Request', patch: { body: { type: 'JSON', value: '{a}' } } }, /not JSON: \{a\}/],
  [{ target: 'Request', delay: 'soon' }, /delay/],
  [{ target: 'Request', abort: true, share: 1.5 }, /share/],
]

describe('the attributes', () => {
  for (const [attributes, says] of REFUSED)
    it(`are refused, saying ${says}: ${JSON.stringify(attributes)}`, () =>
      assert.throws(() => http.configure(attributes), { name: 'BadAttributes', message: says }))

  it('that are not given again stay as they were, and the counts begin anew', () => {
    const { attributes } = http.configure({ path: '/a', abort: true, share: 0.5 })
    const again = http.configure({ path: '/b', counts: 7 }, attributes).attributes
    assert.deepEqual(
      { ...again, counts: 0 },
      { target: 'Request', path: '/b', abort: true, share: 0.5, counts: 0 },
    )
    assert.deepEqual(again['counts'], attributes['counts'])
  })
})

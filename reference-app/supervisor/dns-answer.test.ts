import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerQuery } from './dns-answer.ts'

const addresses = new Map([['orders.plaza.test', '127.0.0.1']])

/** A query as RFC 1035 lays it out: header, one question, and what is given behind it. */
function query(name: string, type = 1, behind = ''): Buffer {
  const header = Buffer.from('beef01000001000000000000', 'hex')
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]))
  return Buffer.concat([header, ...labels, Buffer.of(0, 0, type, 0, 1), Buffer.from(behind, 'hex')])
}

const code = (answer: Buffer | undefined) => answer && answer.readUInt8(3) & 0x0f
const count = (answer: Buffer | undefined) => answer?.readUInt16BE(6)

test('gives the address of a known name, however its letters are cased, with the asker’s id', () => {
  const answer = answerQuery(query('Orders.PLAZA.test'), addresses)
  assert.equal(answer?.readUInt16BE(0), 0xbeef)
  assert.deepEqual([code(answer), count(answer)], [0, 1])
  assert.equal(answer?.subarray(-6).toString('hex'), '00047f000001')
})

test('an unknown name does not exist; a known one has no address of another kind', () => {
  const unknown = answerQuery(query('elsewhere.plaza.test'), addresses)
  assert.deepEqual([code(unknown), count(unknown)], [3, 0])
  const ipv6 = answerQuery(query('orders.plaza.test', 28), addresses)
  assert.deepEqual([code(ipv6), count(ipv6)], [0, 0])
})

test('repeats the question and nothing of what comes behind it', () => {
  const bare = answerQuery(query('orders.plaza.test'), addresses)
  const extended = answerQuery(query('orders.plaza.test', 1, '0000290fa0000000000000'), addresses)
  assert.deepEqual(extended, bare)
})

test('what cannot be read, and an answer, is not answered', () => {
  const whole = query('orders.plaza.test')
  for (let length = 0; length < whole.length; length += 1) {
    assert.equal(answerQuery(whole.subarray(0, length), addresses), undefined, `cut after ${length}`)
  }
  const answer = Buffer.from(whole)
  answer.writeUInt8(0x81, 2)
  assert.equal(answerQuery(answer, addresses), undefined)
})

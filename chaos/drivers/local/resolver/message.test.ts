import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, encode, RECURSION_DESIRED } from 'dns-packet'
import fc from 'fast-check'
import { malformedReply, RCODE, readQuestion, reply } from './message.ts'

const record = Buffer.from('0000291000000000000000', 'hex')
const query = Buffer.concat([
  encode({
    type: 'query',
    id: 0xbeef,
    flags: RECURSION_DESIRED,
    questions: [{ name: 'Orders.Test', type: 'AAAA' }],
  }),
  record,
])
// the record is EDNS
query.writeUInt16BE(1, 10)

test('reads the name, the type, and where the question ends', () => {
  const question = readQuestion(query)
  assert.ok(typeof question === 'object')
  assert.deepEqual([question.name, question.type], ['Orders.Test', 'AAAA'])
  assert.deepEqual(question.head, query.subarray(0, 12 + 13 + 4))
})

test('a question is read though the records behind it cannot be', () => {
  const broken = Buffer.concat([query.subarray(0, 12 + 13 + 4), Buffer.from('ffffff', 'hex')])
  assert.ok(typeof readQuestion(broken) === 'object')
})

test('an answer of ours repeats id, question and the wish for recursion, and says the code', () => {
  const question = readQuestion(query)
  assert.ok(typeof question === 'object')
  const answer = decode(reply(question.head, RCODE.nameError))
  assert.deepEqual(
    [answer.id, answer.type, answer.flag_rd, answer.flag_ra, answer.questions, answer.additionals],
    [0xbeef, 'response', true, true, [{ name: 'Orders.Test', type: 'AAAA', class: 'IN' }], []],
  )
  assert.equal((answer as { rcode?: string }).rcode, 'NXDOMAIN')
})

const [noQuestion, twoQuestions, answer] = [Buffer.from(query), Buffer.from(query), Buffer.from(query)]
noQuestion.writeUInt16BE(0, 4)
twoQuestions.writeUInt16BE(2, 4)
answer.writeUInt16BE(0x8000, 2)
const intoHeader = Buffer.from('beef01000001000000000001020000c00200000000', 'hex')
const loop = Buffer.concat([query.subarray(0, 12), Buffer.from('c00c00010001', 'hex')])

for (const [what, message, expected] of [
  ['an empty datagram', Buffer.alloc(0), 'none'],
  ['less than a header', query.subarray(0, 11), 'none'],
  ['an answer, which two resolvers would send each other for ever', answer, 'none'],
  ['a header alone', query.subarray(0, 12), 'malformed'],
  ['no question', noQuestion, 'malformed'],
  ['two questions', twoQuestions, 'malformed'],
  ['a name that is cut', query.subarray(0, 20), 'malformed'],
  ['a name that points at itself', loop, 'malformed'],
  ['a name that points into the header', intoHeader, 'malformed'],
] as const)
  test(`${what} is ${expected}`, () => assert.equal(readQuestion(message), expected))

test('a malformed query is answered with FORMERR and nothing else', () => {
  const { id, questions, rcode } = decode(malformedReply(loop)) as ReturnType<typeof decode> & {
    rcode: string
  }
  assert.deepEqual([id, questions, rcode], [0xbeef, [], 'FORMERR'])
})

test('no bytes whatsoever make it throw', () => {
  const header = fc.constantFrom('', 'beef01000001000000000000', 'beef01000001000000000001')
  fc.assert(
    fc.property(header, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      const message = Buffer.concat([Buffer.from(start, 'hex'), rest])
      const question = readQuestion(message)
      if (question === 'malformed') malformedReply(message)
      else if (question !== 'none') decode(reply(question.head, RCODE.serverFailure))
    }),
    { numRuns: 2000 },
  )
})

import { decode, RECURSION_AVAILABLE } from 'dns-packet'

/** RFC 1035, section 4.1.1 */
export const RCODE = { noError: 0, malformed: 1, serverFailure: 2, nameError: 3 } as const

const HEADER_BYTES = 12
/** a length from here on is half of a pointer (RFC 1035, section 4.1.4) */
const POINTER = 0xc0
const RESPONSE = 1 << 15
/** of a query's flags, what its answer repeats: the kind of query, and whether recursion is desired */
const REPEATED = 0x7900

export interface Question {
  readonly name: string
  /** A, AAAA, …; UNKNOWN_65 for what has no name here */
  readonly type: string
  /** header and question as they came */
  readonly head: Buffer
}

/** `none`: nothing to answer to, an answer ourselves perhaps. `malformed`: a query whose question cannot be read. */
export function readQuestion(message: Buffer): Question | 'malformed' | 'none' {
  if (message.length < HEADER_BYTES || message.readUInt16BE(2) & RESPONSE) return 'none'
  if (message.readUInt16BE(4) !== 1) return 'malformed'
  try {
    const [question] = decode(withoutRecords(message)).questions ?? []
    if (question === undefined) return 'malformed'
    const head = message.subarray(0, decode.bytes)
    return hasPointer(head) ? 'malformed' : { name: question.name, type: question.type, head }
  } catch {
    return 'malformed'
  }
}

/** The first name of a message has nothing to point to but the header, which is another one in the answer. */
function hasPointer(head: Buffer): boolean {
  let at = HEADER_BYTES
  for (let length = head[at] ?? 0; length > 0; length = head[at] ?? 0) {
    if (length >= POINTER) return true
    at += 1 + length
  }
  return false
}

/** Only the question is read: records that follow it, EDNS and what nobody knows yet, are none of our business. */
function withoutRecords(message: Buffer): Buffer {
  const copy = Buffer.from(message)
  return copy.fill(0, 6, HEADER_BYTES)
}

/** An answer of our own: the question as it was asked, and records that are encoded already. */
export function reply(head: Buffer, rcode: number, records: readonly Buffer[] = []): Buffer {
  const start = Buffer.from(head)
  start.writeUInt16BE(RESPONSE | (head.readUInt16BE(2) & REPEATED) | RECURSION_AVAILABLE | rcode, 2)
  start.writeUInt16BE(head.length > HEADER_BYTES ? 1 : 0, 4)
  start.fill(0, 6, HEADER_BYTES)
  start.writeUInt16BE(records.length, 6)
  return Buffer.concat([start, ...records])
}

export function malformedReply(message: Buffer): Buffer {
  return reply(message.subarray(0, HEADER_BYTES), RCODE.malformed)
}

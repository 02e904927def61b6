/** The few parts of RFC 1035 that a server of a handful of addresses needs. */
const headerBytes = 12
const typeA = 1
const classIn = 1
const noError = 0
const nameError = 3

/** How long the asker may keep an answer, in seconds. */
const ttlSeconds = 1

interface Question {
  readonly name: string
  readonly type: number
  readonly class: number
  /** Where the question ends, in bytes from the start of the message. */
  readonly end: number
}

/** The answer to a query for an IPv4 address; `undefined` when it is no query that can be read. */
export function answerQuery(query: Buffer, addresses: ReadonlyMap<string, string>): Buffer | undefined {
  const question = readQuestion(query)
  if (question === undefined) return undefined
  const address = addresses.get(question.name)
  const isWanted = question.type === typeA && question.class === classIn
  const records = address !== undefined && isWanted ? [recordOf(address)] : []
  const header = headerFor(query, address === undefined ? nameError : noError, records.length)
  return Buffer.concat([header, query.subarray(headerBytes, question.end), ...records])
}

function readQuestion(query: Buffer): Question | undefined {
  if (query.length < headerBytes || (query.readUInt8(2) & 0x80) !== 0) return undefined
  if (query.readUInt16BE(4) !== 1) return undefined
  const labels: string[] = []
  let at = headerBytes
  for (let length = query[at]; length !== undefined && length > 0 && length < 64; length = query[at]) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  if (query[at] !== 0 || at + 5 > query.length) return undefined
  const name = labels.join('.').toLowerCase()
  return { name, type: query.readUInt16BE(at + 1), class: query.readUInt16BE(at + 3), end: at + 5 }
}

/** The asker's id; a response, authoritative, recursion desired as asked; one question and so many answers. */
function headerFor(query: Buffer, code: number, answers: number): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.writeUInt16BE(query.readUInt16BE(0), 0)
  header.writeUInt16BE(0x8400 | (query.readUInt16BE(2) & 0x0100) | code, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(answers, 6)
  return header
}

/** `0xc00c` points to the name in the question. */
function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16)
  record.writeUInt16BE(0xc00c, 0)
  record.writeUInt16BE(typeA, 2)
  record.writeUInt16BE(classIn, 4)
  record.writeUInt32BE(ttlSeconds, 6)
  record.writeUInt16BE(4, 10)
  record.set(address.split('.').map(Number), 12)
  return record
}

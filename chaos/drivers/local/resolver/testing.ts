import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after } from 'node:test'
import { type Answer, decode, encode } from 'dns-packet'
import { listen } from './listen.ts'
import { onMessages, writeMessage } from './tcp-messages.ts'

/** What the upstream says to everything. */
export const TRUTH = { A: '192.0.2.7', AAAA: '2001:db8::7', TXT: 'the truth' } as const

/** A resolver that knows every name; it keeps what it was asked, byte for byte. */
export async function startUpstream() {
  const seen: { transport: 'udp' | 'tcp'; query: Buffer }[] = []
  const takes = (transport: 'udp' | 'tcp') => async (query: Buffer) => {
    seen.push({ transport, query })
    return truth(query)
  }
  const { port, close } = await listen({ byUdp: takes('udp'), byTcp: takes('tcp') }, 0)
  after(close)
  return { address: `127.0.0.1:${port}`, seen }
}

export function truth(query: Buffer): Buffer {
  const { id, questions = [] } = decode(query)
  const [question] = questions
  const answers: Answer[] = []
  const name = question?.name ?? '.'
  if (question?.type === 'A' || question?.type === 'AAAA')
    answers.push({ name, type: question.type, ttl: 60, data: TRUTH[question.type] })
  if (question?.type === 'TXT') answers.push({ name, type: 'TXT', ttl: 60, data: TRUTH.TXT })
  return encode({ type: 'response', id: id ?? 0, questions, answers })
}

/** Asks once, as a program does that was told to use this resolver, and waits the 5 s that c-ares waits at most. */
export function clientOf(address: string, timeout = 5000): Resolver {
  const client = new Resolver({ timeout, tries: 1 })
  client.setServers([address])
  return client
}

/** Sends bytes as they are, each a message, over one connection; resolves with as many answers. */
export async function askRawByTcp(address: string, queries: readonly Buffer[]): Promise<Buffer[]> {
  const socket = connect(Number(address.split(':')[1]), '127.0.0.1')
  const answers: Buffer[] = []
  const all = new Promise<Buffer[]>((resolve, reject) => {
    socket.once('error', reject).once('close', () => reject(new Error('closed')))
    onMessages(socket, (answer) => {
      answers.push(answer)
      if (answers.length === queries.length) resolve(answers)
    })
  })
  for (const query of queries) writeMessage(socket, query)
  return all.finally(() => socket.destroy())
}

export async function askRawByUdp(address: string, query: Buffer): Promise<Buffer> {
  const socket = createSocket('udp4')
  socket.send(query, Number(address.split(':')[1]), '127.0.0.1')
  const [answer] = await once(socket, 'message')
  socket.close()
  return answer
}

/** A query that nothing here was made for: type 65 (HTTPS), EDNS with an option nobody knows, letters in both cases. */
export const STRANGE = Buffer.from(
  [
    '000701000001000000000001',
    '064f72446552730454655374000041' + '0001',
    '0000291000000000000005' + 'fde900013f',
  ].join(''),
  'hex',
)

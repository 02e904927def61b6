import { request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Exchange {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** One request over a Unix socket, on a connection of its own: fetch knows none. Rejects when there is no reply. */
export async function askSocket(
  socketPath: string,
  url: string,
  { body, ...exchange }: Exchange,
): Promise<Answer> {
  const asked = request(url, { ...exchange, socketPath, agent: false })
  const reply = Promise.withResolvers<Answer>()
  asked.once('error', reply.reject)
  asked.once('response', (response) => {
    const status = response.statusCode ?? 0
    text(response).then((content) => reply.resolve({ status, text: content }), reply.reject)
  })
  asked.end(body)
  return reply.promise
}

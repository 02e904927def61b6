import { createServer, type IncomingMessage } from 'node:http'

export interface JsonRequest {
  readonly method: string
  readonly path: string
  /** undefined when there is none */
  readonly body: unknown
}

export interface JsonReply {
  readonly status: number
  readonly body: unknown
}

export interface JsonServer {
  readonly url: string
  close(): Promise<void>
}

/** What is sent to a carrier is small; a longer body is a mistake. */
const LONGEST_BODY = 1024 * 1024

/** HTTP with JSON both ways, on a free port of loopback. `answer` may reject: that is a mistake of ours, and status 500. */
export async function serveJson(answer: (request: JsonRequest) => Promise<JsonReply>): Promise<JsonServer> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answered(request, answer)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server without a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answered(
  request: IncomingMessage,
  answer: (request: JsonRequest) => Promise<JsonReply>,
): Promise<JsonReply> {
  const { method = 'GET', url: path = '/' } = request
  let body: unknown
  try {
    body = await bodyOf(request)
  } catch (cause) {
    return { status: 400, body: { error: `the body of ${method} ${path} cannot be read: ${reason(cause)}` } }
  }
  return answer({ method, path, body }).catch((cause: unknown) => ({
    status: 500,
    body: { error: reason(cause) },
  }))
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk
    if (text.length > LONGEST_BODY) throw new Error(`it is longer than ${LONGEST_BODY} characters`)
  }
  return text === '' ? undefined : JSON.parse(text)
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

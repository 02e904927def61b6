import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

const FIRST_PORT = 20_000
const LAST_PORT = 29_999

export interface PageServer extends AsyncDisposable {
  readonly url: string
}

/** Serves every request by this function, on a free port. */
export async function servePages(
  answer: (path: string, response: ServerResponse) => void,
): Promise<PageServer> {
  const server = createServer((request, response) => answer(request.url ?? '/', response))
  for (let port = FIRST_PORT + (Date.now() % 5_000); port <= LAST_PORT; port++) {
    server.listen(port, '127.0.0.1')
    if (await once(server, 'listening').then(Boolean, () => false))
      return {
        url: `http://127.0.0.1:${port}/`,
        [Symbol.asyncDispose]: async () => {
          const closed = once(server, 'close')
          server.close()
          server.closeAllConnections()
          await closed
        },
      }
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${LAST_PORT}`)
}

export function answerWithHeading(response: ServerResponse): void {
  response.setHeader('content-type', 'text/html')
  response.end('<!doctype html><title>Plaza</title><h1>Coupons near you</h1>')
}

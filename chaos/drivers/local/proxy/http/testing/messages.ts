import fc from 'fast-check'

/** A request and its answer as they stand on the wire. */
export interface Exchange {
  readonly request: string
  readonly response: string
}

const CRLF = '\r\n'
const word = fc.stringMatching(/^[a-z]{1,8}$/)
const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/)
const headers = fc.array(fc.tuple(fc.constantFrom('Accept', 'x-a', 'X-B', 'Cookie'), value), { maxLength: 4 })
const content = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.constantFrom('{"a":1,"b":[true]}', '[]', 'GET /x HTTP/1.1\r\nA: b\r\n\r\n', '0\r\n\r\n'),
)

/** A body with the headers that frame it. */
const framed = fc.oneof(
  content.map((text) => `Content-Length: ${text.length}${CRLF}${CRLF}${text}`),
  fc
    .record({
      parts: fc.array(content, { maxLength: 3 }),
      extension: fc.constantFrom('', ';a=b', ' ;c'),
      trailer: fc.boolean(),
    })
    .map(({ parts, extension, trailer }) => {
      const chunks = parts.filter((part) => part !== '').map((part) => chunk(part, extension))
      const end = trailer ? `X-Sum: 1${CRLF}${CRLF}` : CRLF
      return `Transfer-Encoding: chunked${CRLF}${CRLF}${chunks.join('')}0${CRLF}${end}`
    }),
)

const chunk = (part: string, extension: string): string =>
  `${part.length.toString(16)}${extension}${CRLF}${part}${CRLF}`

const lines = (pairs: [string, string][]): string =>
  pairs.map(([name, one]) => `${name}: ${one}${CRLF}`).join('')

const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
    path: fc.array(word, { maxLength: 3 }).map((words) => `/${words.join('/')}`),
    query: fc.constantFrom('', '?', '?a=1&b=%20c'),
    headers,
    body: fc.oneof(fc.constant(CRLF), framed),
  })
  .map(({ method, path, query, headers, body }) => ({
    method,
    text: `${method} ${path}${query} HTTP/1.1${CRLF}Host: x${CRLF}${lines(headers)}${body}`,
  }))

const answer = fc.record({
  code: fc.constantFrom(200, 201, 204, 301, 304, 404, 503),
  interim: fc.constantFrom(
    '',
    `HTTP/1.1 100 Continue${CRLF}${CRLF}`,
    `HTTP/1.1 103 Early Hints${CRLF}Link: </a>${CRLF}${CRLF}`,
  ),
  headers,
  body: framed,
})

/** Valid exchanges: every framing, bodies that look like messages, answers without a body that declare one. */
export const exchange: fc.Arbitrary<Exchange> = fc
  .tuple(request, answer)
  .map(([{ method, text }, { code, interim, headers, body }]) => {
    const isSilent = method === 'HEAD' || code === 204 || code === 304
    const rest = isSilent ? `Content-Length: 7${CRLF}${CRLF}` : body
    return { request: text, response: `${interim}HTTP/1.1 ${code} Fine${CRLF}${lines(headers)}${rest}` }
  })

export const exchanges = fc.array(exchange, { minLength: 1, maxLength: 5 })
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

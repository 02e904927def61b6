/** A header line: its name as it was written, and its value without the white space around it. */
export type Header = readonly [name: string, value: string]

interface Head {
  /** the minor version of HTTP/1 */
  readonly minor: 0 | 1
  readonly headers: readonly Header[]
}

export interface RequestHead extends Head {
  readonly method: string
  /** as it was written: `/path?query`, `http://host/path?query`, `host:port` or `*` */
  readonly target: string
}

export interface ResponseHead extends Head {
  readonly code: number
  readonly reason: string
}

/** The values of a header, one for each line that has it. */
export function valuesOf(headers: readonly Header[], name: string): string[] {
  const wanted = name.toLowerCase()
  return headers.filter(([one]) => one.toLowerCase() === wanted).map(([, value]) => value)
}

/** Without every line of these headers; the names in lower case. */
export function without(headers: readonly Header[], ...names: readonly string[]): Header[] {
  return headers.filter(([one]) => !names.includes(one.toLowerCase()))
}

export function requestBytes({ method, target, minor, headers }: RequestHead): Buffer {
  return headBytes(`${method} ${target} HTTP/1.${minor}`, headers)
}

export function responseBytes({ minor, code, reason, headers }: ResponseHead): Buffer {
  return headBytes(`HTTP/1.${minor} ${code} ${reason}`, headers)
}

function headBytes(startLine: string, headers: readonly Header[]): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${startLine}\r\n${lines.join('')}\r\n`, 'latin1')
}

/** The parts of a request's target: what stands before the path, the path, and the query without its `?`. */
export interface TargetParts {
  readonly origin: string
  readonly path: string
  readonly query: string | undefined
}

export function partsOf(target: string): TargetParts {
  const [, origin = '', path = '', query] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/?]*)?([^?]*)(?:\?(.*))?$/i.exec(target) ?? []
  return { origin, path: path === '' ? '/' : path, query }
}

export function targetOf({ origin, path, query }: TargetParts): string {
  return `${origin}${path}${query === undefined ? '' : `?${query}`}`
}

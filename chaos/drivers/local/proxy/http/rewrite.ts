import { STATUS_CODES } from 'node:http'
import { isBodiless } from './body-framing.ts'
import { mergePatch } from './merge-patch.ts'
import { type Header, partsOf, type RequestHead, type ResponseHead, targetOf, without } from './message.ts'
import type { Rewriting } from './rule.ts'

/** The head of a request as the rule wants it, in Chaos Mesh's order: replace, then patch. */
export function rewriteRequest(head: RequestHead, rewriting: Rewriting): RequestHead {
  return {
    ...head,
    method: rewriting.method ?? head.method,
    target: rewriteTarget(head.target, rewriting),
    headers: rewriteHeaders(head.headers, rewriting),
  }
}

export function rewriteResponse(head: ResponseHead, rewriting: Rewriting): ResponseHead {
  const { code = head.code } = rewriting
  const reason = code === head.code ? head.reason : (STATUS_CODES[code] ?? '')
  return { ...head, code, reason, headers: rewriteHeaders(head.headers, rewriting) }
}

function rewriteTarget(target: string, { path, setQueries, addedQueries }: Rewriting): string {
  const parts = partsOf(target)
  const queries = [withSet(parts.query, setQueries), encoded(addedQueries)].filter((one) => one !== undefined)
  const query = queries.length === 0 ? undefined : queries.join('&')
  return targetOf({ origin: parts.origin, path: path === '' ? '/' : (path ?? parts.path), query })
}

/** A parameter that is not there yet is added. Without any to set the query stays as it was written. */
function withSet(query: string | undefined, set: readonly Header[]): string | undefined {
  if (set.length === 0) return query
  const parameters = new URLSearchParams(query)
  for (const [name, value] of set) parameters.set(name, value)
  return parameters.toString()
}

function encoded(added: readonly Header[]): string | undefined {
  return added.length === 0 ? undefined : new URLSearchParams(added.map(([...pair]) => pair)).toString()
}

function rewriteHeaders(headers: readonly Header[], { setHeaders, addedHeaders, body }: Rewriting): Header[] {
  const names = setHeaders.map(([name]) => name.toLowerCase())
  // The old coding is not that of the new body.
  if (body !== undefined) names.push('content-encoding')
  return [...without(headers, ...names), ...setHeaders, ...addedHeaders]
}

/** The body as the rule wants it; undefined when it should be patched and is not JSON. */
export function rewriteBody(content: Buffer, { body, bodyPatch }: Rewriting): Buffer | undefined {
  const replaced = body ?? content
  if (bodyPatch === undefined) return replaced
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(replaced))
    return Buffer.from(JSON.stringify(mergePatch(value, bodyPatch.value)))
  } catch {
    return undefined
  }
}

/** The head told of a body of this length, in place of what it said before. */
export function withBodyLength<Head extends RequestHead | ResponseHead>(head: Head, bytes: number): Head {
  const headers = without(head.headers, 'content-length', 'transfer-encoding', 'trailer')
  const isSilent = 'code' in head && isBodiless(head.code)
  return { ...head, headers: isSilent ? headers : [...headers, ['Content-Length', String(bytes)]] }
}

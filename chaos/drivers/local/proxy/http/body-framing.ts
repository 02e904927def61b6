import { type RequestHead, type ResponseHead, valuesOf } from './message.ts'

/** How the end of a body is found: RFC 9112, 6.3. `length` 0 is a message without one. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }
  /** what follows is no longer HTTP: an upgrade was granted, or a tunnel opened */
  | { readonly kind: 'tunnel' }

const NO_BODY: Framing = { kind: 'length', bytes: 0 }

/** undefined: two readers could find two ends. Smuggled messages live there, so nothing is read from then on. */
export function requestFraming(head: RequestHead): Framing | undefined {
  return declaresBody(head) ? declaredFraming(head) : NO_BODY
}

/** `method`: of the request that is answered. */
export function responseFraming(head: ResponseHead, method: string): Framing | undefined {
  if (head.code === 101 || (method === 'CONNECT' && head.code >= 200 && head.code < 300))
    return { kind: 'tunnel' }
  if (method === 'HEAD' || isBodiless(head.code)) return NO_BODY
  return declaresBody(head) ? declaredFraming(head) : { kind: 'until-close' }
}

/** Answers that never have a body, whatever their headers say. */
export function isBodiless(code: number): boolean {
  return code < 200 || code === 204 || code === 304
}

function declaresBody({ headers }: RequestHead | ResponseHead): boolean {
  return headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
}

function declaredFraming({ headers, minor }: RequestHead | ResponseHead): Framing | undefined {
  const lengths = valuesOf(headers, 'content-length')
  const codings = valuesOf(headers, 'transfer-encoding')
  const [declared = ''] = [...lengths, ...codings]
  if (lengths.length + codings.length > 1) return undefined
  if (lengths.length === 1)
    return /^[0-9]{1,15}$/.test(declared) ? { kind: 'length', bytes: Number(declared) } : undefined
  return declared.toLowerCase() === 'chunked' && minor === 1 ? { kind: 'chunked' } : undefined
}

import { type Framing, isBodiless } from './body-framing.ts'
import { type RequestHead, type ResponseHead, requestBytes, responseBytes, valuesOf } from './message.ts'
import { rewriteBody, rewriteRequest, rewriteResponse, withBodyLength } from './rewrite.ts'
import type { Rewriting, Rule } from './rule.ts'
import type { Reason } from './tally.ts'

/** What becomes of one message. */
export type Treatment =
  | { readonly kind: 'pass' }
  /** what the rule asks for cannot be done to it: it passes as it came */
  | { readonly kind: 'not-applied'; readonly reason: Reason }
  | { readonly kind: 'reset' }
  /** a new head, when there is one, and the body as it came */
  | { readonly kind: 'hold'; readonly delayMs: number; readonly head?: Buffer }
  | Collected

/** Kept until its body is whole, then sent anew. */
interface Collected {
  readonly kind: 'collect'
  readonly delayMs: number
  /** the whole message, or why it passes as it came */
  rewrite(content: Buffer): Buffer | Reason
}

export function treatRequest(head: RequestHead, framing: Framing, rule: Rule): Treatment {
  const { aborts, delayMs, rewriting } = rule
  if (aborts) return { kind: 'reset' }
  if (rewriting === undefined) return { kind: 'hold', delayMs }
  const reason = whyRequestStays(head, framing, rewriting)
  if (reason !== undefined) return { kind: 'not-applied', reason }
  const changed = rewriteRequest(head, rewriting)
  if (!rewritesBody(rewriting)) return { kind: 'hold', delayMs, head: requestBytes(changed) }
  const rewrite = (content: Buffer): Buffer | Reason => {
    const body = rewriteBody(content, rewriting)
    return body === undefined
      ? 'not-json'
      : Buffer.concat([requestBytes(withBodyLength(changed, body.length)), body])
  }
  return { kind: 'collect', delayMs, rewrite }
}

/** `method`: of the request that is answered, as the server got it. */
export function treatResponse(
  { head, framing, method }: { head: ResponseHead; framing: Framing; method: string },
  rule: Rule,
): Treatment {
  const { aborts, delayMs, rewriting } = rule
  if (aborts) return { kind: 'reset' }
  if (rewriting === undefined) return { kind: 'hold', delayMs }
  const changed = rewriteResponse(head, rewriting)
  const isSilent = isBodiless(changed.code)
  const reason = whyResponseStays(head, framing, { rewriting, isSilent: isSilent || method === 'HEAD' })
  if (reason !== undefined) return { kind: 'not-applied', reason }
  const losesOrGainsBody = isSilent !== isBodiless(head.code)
  if (!rewritesBody(rewriting) && !losesOrGainsBody)
    return { kind: 'hold', delayMs, head: responseBytes(changed) }
  const rewrite = (content: Buffer): Buffer | Reason => {
    const body = isSilent ? Buffer.alloc(0) : rewriteBody(content, rewriting)
    return body === undefined
      ? 'not-json'
      : Buffer.concat([responseBytes(withBodyLength(changed, body.length)), body])
  }
  return { kind: 'collect', delayMs, rewrite }
}

function whyRequestStays(head: RequestHead, framing: Framing, rewriting: Rewriting): Reason | undefined {
  if (head.method === 'CONNECT') return 'tunnel'
  if (head.method === 'HEAD' && rewriting.method !== undefined) return 'head'
  if (!rewritesBody(rewriting)) return undefined
  if (valuesOf(head.headers, 'expect').length > 0) return 'expects-continue'
  return whyNoPatch(head, framing, rewriting)
}

function whyResponseStays(
  head: ResponseHead,
  framing: Framing,
  { rewriting, isSilent }: { rewriting: Rewriting; isSilent: boolean },
): Reason | undefined {
  if (framing.kind === 'tunnel')
    return rewritesBody(rewriting) || rewriting.code !== undefined ? 'tunnel' : undefined
  if (!rewritesBody(rewriting)) return undefined
  return isSilent ? 'no-body' : whyNoPatch(head, framing, rewriting)
}

function whyNoPatch(
  head: RequestHead | ResponseHead,
  framing: Framing,
  { body, bodyPatch }: Rewriting,
): Reason | undefined {
  if (bodyPatch === undefined || body !== undefined) return undefined
  if (framing.kind === 'length' && framing.bytes === 0) return 'no-body'
  const codings = valuesOf(head.headers, 'content-encoding')
  return codings.every((coding) => coding.toLowerCase() === 'identity') ? undefined : 'compressed'
}

function rewritesBody({ body, bodyPatch }: Rewriting): boolean {
  return body !== undefined || bodyPatch !== undefined
}

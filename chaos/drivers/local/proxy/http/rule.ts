import type { Static } from 'typebox'
import { parseDuration } from '../../../../../reports/run/index.ts'
import { BadAttributes } from '../define-toxic.ts'
import { type Header, partsOf, type RequestHead, type ResponseHead, valuesOf } from './message.ts'
import { fitsPattern } from './path-pattern.ts'
import type { RuleAttributes } from './rule-schema.ts'

type Attributes = Static<typeof RuleAttributes>

/** What is rewritten in a message; undefined: left as it is. */
export interface Rewriting {
  readonly path: string | undefined
  readonly method: string | undefined
  readonly code: number | undefined
  readonly setHeaders: readonly Header[]
  readonly addedHeaders: readonly Header[]
  readonly setQueries: readonly Header[]
  readonly addedQueries: readonly Header[]
  readonly body: Buffer | undefined
  /** a JSON Merge Patch; undefined: none, as `null` is one */
  readonly bodyPatch: { readonly value: unknown } | undefined
}

/** Which messages are hit, and what is done to them. */
export interface Rule {
  readonly target: 'Request' | 'Response'
  readonly path: string | undefined
  readonly method: string | undefined
  readonly code: number | undefined
  readonly requestHeaders: readonly Header[]
  readonly responseHeaders: readonly Header[]
  readonly aborts: boolean
  readonly delayMs: number
  /** undefined: nothing is rewritten */
  readonly rewriting: Rewriting | undefined
  /** 0–1, of the messages that match */
  readonly shareRatio: number
  readonly seed: number | undefined
}

export function toRule(attributes: Attributes): Rule {
  refuseNonsense(attributes)
  const { target, path, method, code, abort = false, delay = '0s', replace, patch } = attributes
  return {
    ...{ target, path, method, code, aborts: abort },
    requestHeaders: Object.entries(attributes.request_headers ?? {}),
    responseHeaders: Object.entries(attributes.response_headers ?? {}),
    delayMs: parseDuration(delay) ?? 0,
    rewriting: replace === undefined && patch === undefined ? undefined : toRewriting(replace, patch),
    shareRatio: attributes.share,
    seed: attributes.seed,
  }
}

function toRewriting(replace: Attributes['replace'] = {}, patch: Attributes['patch'] = {}): Rewriting {
  const { path, method, code, body, headers = {}, queries = {} } = replace
  return {
    ...{ path, method, code },
    setHeaders: Object.entries(headers),
    addedHeaders: patch.headers ?? [],
    setQueries: Object.entries(queries),
    addedQueries: patch.queries ?? [],
    body: body === undefined ? undefined : Buffer.from(body, 'base64'),
    bodyPatch: patch.body && { value: parsedPatch(patch.body.value) },
  }
}

/** What each target cannot have; Chaos Mesh passes over it in silence, and the fault would never happen. */
function refuseNonsense({ target, code, response_headers, abort, delay, replace, patch }: Attributes): void {
  if (!abort && delay === undefined && replace === undefined && patch === undefined)
    throw new BadAttributes('attributes give no abort, delay, replace or patch: nothing would happen')
  const ofResponse = { code, response_headers, 'replace.code': replace?.code }
  const ofRequest = {
    'replace.path': replace?.path,
    'replace.method': replace?.method,
    'replace.queries': replace?.queries,
    'patch.queries': patch?.queries,
  }
  const foreign = Object.entries(target === 'Request' ? ofResponse : ofRequest)
  const found = foreign.find(([, value]) => value !== undefined)
  if (found !== undefined) throw new BadAttributes(`attributes give ${found[0]}, which no ${target} has`)
  const names = [...Object.keys(replace?.headers ?? {}), ...(patch?.headers ?? []).map(([name]) => name)]
  const framing = names.find((name) => /^(content-length|transfer-encoding)$/i.test(name))
  if (framing !== undefined)
    throw new BadAttributes(
      `attributes set ${framing}, by which a message's end is found: it is mended by itself`,
    )
}

function parsedPatch(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadAttributes(`attributes/patch/body/value is not JSON: ${text.slice(0, 80)}`)
  }
}

export function matchesRequest(rule: Rule, request: RequestHead): boolean {
  return rule.target === 'Request' && isOfRequest(rule, request)
}

/** `request`: the one that is answered, as the server got it. */
export function matchesResponse(rule: Rule, request: RequestHead, response: ResponseHead): boolean {
  return (
    rule.target === 'Response' &&
    (rule.code === undefined || rule.code === response.code) &&
    hasAll(response.headers, rule.responseHeaders) &&
    isOfRequest(rule, request)
  )
}

function isOfRequest({ path, method, requestHeaders }: Rule, request: RequestHead): boolean {
  return (
    (method === undefined || method === request.method) &&
    (path === undefined || fitsPattern(path, partsOf(request.target).path)) &&
    hasAll(request.headers, requestHeaders)
  )
}

function hasAll(headers: readonly Header[], wanted: readonly Header[]): boolean {
  return wanted.every(([name, value]) => valuesOf(headers, name).includes(value))
}

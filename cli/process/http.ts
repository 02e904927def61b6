import { readFile } from 'node:fs/promises'
import type { Http, HttpReply, HttpRequest } from '../../reports/run/index.ts'
import { messageOf } from '../../reports/run/plain.ts'
import { type Answer, askSocket, type Exchange } from './socket-http.ts'

const TIMEOUT_MS = 5_000

export interface HttpOptions {
  /** sent with every request that names no token of its own */
  readonly authorization?: string
}

/** JSON over HTTP to the target's control and to data sources. It never throws: no reply is a reply with a reason. */
export function createHttp(options: HttpOptions = {}): Http {
  return { send: (request) => send(request, options) }
}

async function send(request: HttpRequest, options: HttpOptions): Promise<HttpReply> {
  try {
    const { url, socketPath, method = 'GET', body, timeoutMs = TIMEOUT_MS } = request
    const exchange = {
      method,
      headers: await headersOf(request, options),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    }
    const { status, text } =
      socketPath === undefined ? await askHost(url, exchange) : await askSocket(socketPath, url, exchange)
    return { status, body: parse(text) }
  } catch (error) {
    return { status: null, reason: whyNoReply(error, request) }
  }
}

async function askHost(url: string, exchange: Exchange): Promise<Answer> {
  const reply = await fetch(url, { ...exchange, redirect: 'manual' })
  return { status: reply.status, text: await reply.text() }
}

async function headersOf(
  { tokenFile, body }: HttpRequest,
  options: HttpOptions,
): Promise<Record<string, string>> {
  const own = tokenFile === undefined ? undefined : `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`
  const authorization = own ?? options.authorization
  return {
    accept: 'application/json',
    ...(authorization === undefined ? {} : { authorization }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}

/** A body that is not JSON is given as the text it is; an empty one is null. */
function parse(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function whyNoReply(error: unknown, { timeoutMs = TIMEOUT_MS }: HttpRequest): string {
  const cause = error instanceof Error ? error.cause : undefined
  const isLate = [error, cause].some((one) => one instanceof Error && one.name === 'TimeoutError')
  return isLate ? `no reply within ${timeoutMs} ms` : whyFetchFailed(error)
}

/** fetch says "fetch failed" and keeps the reason (ECONNREFUSED and the like) in its cause. */
export function whyFetchFailed(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const deepest = cause instanceof AggregateError ? cause.errors[0] : cause
  return messageOf(deepest instanceof Error ? deepest : error)
}

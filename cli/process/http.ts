import { readFile } from 'node:fs/promises'
import type { Http, HttpReply, HttpRequest } from '../../reports/run/index.ts'

const TIMEOUT_MS = 5_000

/** JSON over HTTP to the target's control. It never throws: no reply is a reply with a reason. */
export function createHttp(): Http {
  return { send }
}

async function send(request: HttpRequest): Promise<HttpReply> {
  try {
    const reply = await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: await headersOf(request),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS),
    })
    return { status: reply.status, body: parse(await reply.text()) }
  } catch (error) {
    return { status: null, reason: reasonOf(error, request) }
  }
}

async function headersOf({ tokenFile, body }: HttpRequest): Promise<Record<string, string>> {
  const token = tokenFile === undefined ? undefined : (await readFile(tokenFile, 'utf8')).trim()
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
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

// fetch says "fetch failed" and keeps the reason (ECONNREFUSED and the like) in its cause.
function reasonOf(error: unknown, request: HttpRequest): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no reply within ${request.timeoutMs ?? TIMEOUT_MS} ms`
  const { cause } = error
  const deepest = cause instanceof AggregateError ? cause.errors[0] : cause
  return deepest instanceof Error ? deepest.message : error.message
}

import { readFile } from 'node:fs/promises'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { resolve } from 'node:path'
import { duration } from '../../../reports/run/index.ts'
import type { HttpProbe } from '../planned-probe.ts'
import { limitedBy, reasonOf } from './limit.ts'

/** A body is read no further than this. */
const BODY_READS_BYTES = 1024 * 1024

type Question = Pick<HttpProbe, 'method' | 'headers' | 'body' | 'tokenFile' | 'timeoutMs'> & {
  readonly url: string
}

interface Surroundings {
  /** where the path of a token file starts */
  readonly folder: string
  readonly signal: AbortSignal | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** One request and the whole of its reply within the time-out; or why there is none, in words. */
export async function exchange(
  question: Question,
  { folder, signal }: Surroundings,
): Promise<Reply | { readonly silent: string }> {
  const limit = limitedBy(question.timeoutMs, signal)
  try {
    return await replyTo(question, await headersOf(question, folder), limit.signal)
  } catch (error) {
    return { silent: limit.isOver() ? `no reply within ${duration(question.timeoutMs)}` : reasonOf(error) }
  }
}

type SentHeaders = Readonly<Record<string, string>>

async function headersOf({ headers, body, tokenFile }: Question, folder: string): Promise<SentHeaders> {
  const token =
    tokenFile === undefined ? undefined : (await readFile(resolve(folder, tokenFile), 'utf8')).trim()
  return {
    ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
    ...headers,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}

async function replyTo(
  { url, method, body }: Question,
  headers: SentHeaders,
  signal: AbortSignal,
): Promise<Reply> {
  const send = url.startsWith('https:') ? tlsRequest : plainRequest
  const request = send(url, { method, headers, signal, agent: false })
  const replied = Promise.withResolvers<IncomingMessage>()
  request.once('response', replied.resolve).on('error', replied.reject)
  try {
    request.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body))
    const response = await replied.promise
    return { status: response.statusCode ?? 0, headers: response.headers, body: await textOf(response) }
  } finally {
    request.destroy()
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= BODY_READS_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, BODY_READS_BYTES).toString()
}

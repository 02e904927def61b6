import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { EnvHttpProxyAgent } from 'undici'
import { whyFetchFailed } from './http.ts'

export interface DownloadRequest {
  readonly url: string
  /** the file that is written; gone again when it could not be had whole */
  readonly to: string
  /** the longest that nothing may come */
  readonly silenceMs?: number
}

const SILENCE_MS = 30_000

/**
 * Writes what an address answers to a file, by way of the proxy that HTTPS_PROXY or HTTP_PROXY names. It never throws:
 * why the file could not be had whole, in words, or undefined.
 */
export async function download({
  url,
  to,
  silenceMs = SILENCE_MS,
}: DownloadRequest): Promise<string | undefined> {
  let agent: EnvHttpProxyAgent | undefined
  try {
    const { EnvHttpProxyAgent, fetch } = await import('undici') // of all commands, few download something
    agent = new EnvHttpProxyAgent({ headersTimeout: silenceMs, bodyTimeout: silenceMs }) // refuses a proxy that is no URL
    const reply = await fetch(url, { dispatcher: agent })
    if (!reply.ok) return `answered ${reply.status} ${reply.statusText}`.trimEnd()
    // A body that is cut short of its Content-Length, or of its last chunk, breaks off with an error.
    await pipeline(Readable.fromWeb(reply.body ?? new ReadableStream()), createWriteStream(to))
    return undefined
  } catch (error) {
    await rm(to, { force: true })
    return whyFetchFailed(error)
  } finally {
    await agent?.destroy()
  }
}

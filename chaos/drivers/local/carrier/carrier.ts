import type { Readable } from 'node:stream'
import { type JsonReply, type JsonRequest, serveJson } from './json-server.ts'
import { followLease } from './lease.ts'

/** What a carrier carries, and how it lets go of it. */
export interface Load {
  answer(request: JsonRequest): Promise<JsonReply>
  /** takes every fault back; may be called again and again, and while another request is being answered */
  takeBack(): Promise<void>
}

export interface CarrierOptions {
  readonly load: Load
  /** each line of it renews the lease */
  readonly input: Readable
  readonly leaseMs: number
}

export interface Carrier {
  readonly url: string
  /** resolves when everything is taken back for good: the input closed, or `end` was called */
  readonly over: Promise<void>
  end(): void
}

/** A server of faults under a lease. Without the lease it only takes back: nothing new is begun. */
export async function serveAsCarrier({ load, input, leaseMs }: CarrierOptions): Promise<Carrier> {
  const lease = followLease({ input, leaseMs, onExpired: () => void load.takeBack() })
  const server = await serveJson(async (request) =>
    request.method === 'GET' || lease.isHeld() ? load.answer(request) : LEASE_EXPIRED,
  )
  const over = lease.over.then(async () => {
    await server.close()
    await load.takeBack()
  })
  return { url: server.url, over, end: lease.end }
}

const LEASE_EXPIRED: JsonReply = {
  status: 409,
  body: { error: 'the lease has run out: nobody would take this back' },
}
